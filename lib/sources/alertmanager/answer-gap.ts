/** Names what went wrong with one request to Alertmanager in the words of evidence gaps. Pure. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";
import { failureToGap } from "@/lib/sources/failure-to-gap";
import type { AlertmanagerFailure } from "./client";

/** A body that is not what the API promises is ours to name; everything else is named the same way for all sources. */
export function answerGap(failure: AlertmanagerFailure, source: SourceId, window?: TimeWindow): EvidenceGap {
  if (failure.kind !== "bad-response") return failureToGap(failure, source, window);
  return {
    source,
    reason: "bad-response",
    detail: "The answer is not one that Alertmanager gives; the address may be that of something else.",
    retryable: false,
    attempts: failure.attempts,
    ...(window === undefined ? {} : { window }),
  };
}
