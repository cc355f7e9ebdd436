/** What could not be read from Loki, as evidence gaps. Pure; no upstream text reaches a sentence. */
import { addNs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";
import { retentionGap } from "../before-retention";
import { failureToGap } from "../failure-to-gap";
import type { LokiFailure } from "./read-error";
import type { WindowPart } from "./read-window";

/**
 * The gaps of all parts but those of our own limits (`limit-gaps.ts`). Parallel queries run into the same wall at different
 * places: the earliest tells how far the answer is complete.
 */
export function partsGaps(source: SourceId, parts: readonly WindowPart[]): EvidenceGap[] {
  const told = new Map<string, EvidenceGap>();
  for (const part of parts) {
    for (const atNs of part.cutInstants) told.set(`instant ${atNs}`, instantGap(source, atNs));
    if (typeof part.stop !== "object") continue;
    const gap = stopGap(source, part.stop, { fromNs: part.coveredToNs, toNs: part.window.toNs });
    const same = told.get(gap.detail);
    if (same === undefined || startOf(gap) < startOf(same)) told.set(gap.detail, gap);
  }
  return [...told.values()];
}

/** An instant has no smaller part to ask for, so what is left of it cannot be fetched. */
export function instantGap(source: SourceId, atNs: EpochNs): EvidenceGap {
  return {
    source,
    reason: "truncated",
    detail: "More lines share one instant than can be read at once. The rest of them cannot be fetched.",
    window: { fromNs: atNs, toNs: addNs(atNs, 1n) },
    retryable: false,
  };
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

function startOf(gap: EvidenceGap): string {
  return gap.window?.fromNs ?? "";
}
