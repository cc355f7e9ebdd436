/** What could not be read from Loki, as evidence gaps. Pure; no upstream text reaches a sentence. */
import { addNs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";
import { retentionGap } from "../before-retention";
import { failureToGap } from "../failure-to-gap";
import type { LokiFailure } from "./read-error";
import type { WindowPart } from "./read-window";

/** The gaps of one part of the window: where reading stopped, and instants that hold more than one query gives. */
export function partGaps(source: SourceId, part: WindowPart): EvidenceGap[] {
  const gaps: EvidenceGap[] = part.cutInstants.map((atNs) => ({
    source,
    reason: "truncated",
    detail: "More lines share one instant than the log store gives for one query.",
    window: { fromNs: atNs, toNs: addNs(atNs, 1n) },
    retryable: false,
  }));
  if (part.stop === undefined) return gaps;
  const window = { fromNs: part.coveredToNs, toNs: part.window.toNs };
  if (part.stop === "rows") return [...gaps, rowsGap(source, window)];
  if (part.stop === "bytes") {
    const detail = "The log lines are larger than one question may read. Later lines were not read.";
    return [...gaps, { source, reason: "truncated", detail, window, retryable: false }];
  }
  return [...gaps, stopGap(source, part.stop, window)];
}

/** `shown` is filled in by the adapter, which knows what is left after merging. The total is unknown to Loki. */
export function rowsGap(source: SourceId, window: TimeWindow): EvidenceGap {
  const detail = "There are more log lines than one question may show. Later lines were not read.";
  return { source, reason: "truncated", detail, window, retryable: false };
}

export function stopGap(source: SourceId, failure: LokiFailure, window: TimeWindow): EvidenceGap {
  switch (failure.kind) {
    case "past-lookback":
      return retentionGap(source, window);
    case "bad-response":
      return {
        source,
        reason: "bad-response",
        detail: "The log store sent an answer that could not be read.",
        window,
        retryable: true,
      };
    case "entries-limit":
      return {
        source,
        reason: "rejected",
        detail: "The log store does not allow as many lines for one query as are needed.",
        window,
        retryable: false,
      };
    default:
      return failureToGap(failure.http, source, window);
  }
}
