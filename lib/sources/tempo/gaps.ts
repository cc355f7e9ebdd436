/** What could not be read from Tempo, as evidence gaps. Pure; no upstream text reaches a sentence. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";
import { failureToGap } from "../failure-to-gap";
import type { TempoFailure } from "./client";

export function failureGap(source: SourceId, failure: TempoFailure, window: TimeWindow): EvidenceGap {
  switch (failure.kind) {
    case "http":
      return failureToGap(failure.http, source, window);
    case "bad-response": {
      const detail = "The trace store sent an answer that could not be read.";
      return { source, reason: "bad-response", detail, window, retryable: true };
    }
    case "trace-too-large":
      return plainGap(source, "truncated", "The trace is larger than the trace store hands out.", window);
    case "range-too-long":
      return plainGap(source, "rejected", "The trace store does not allow a search over this much time.", window);
  }
}

export function plainGap(
  source: SourceId,
  reason: EvidenceGap["reason"],
  detail: string,
  window: TimeWindow,
  counts: { readonly shown?: number; readonly total?: number } = {},
): EvidenceGap {
  return { source, reason, detail, window, retryable: false, ...counts };
}

/**
 * Twenty traces that failed for one reason are one gap about twenty keys. Windows join to the earliest and latest, counts
 * add up. A gap with a rest to fetch stays by itself.
 */
export function joinGaps(gaps: readonly EvidenceGap[]): EvidenceGap[] {
  const joined = new Map<string, EvidenceGap>();
  for (const [index, gap] of gaps.entries()) {
    const id = gap.continuation ? `rest ${index}` : `${gap.reason} ${gap.detail}`;
    const earlier = joined.get(id);
    joined.set(id, earlier === undefined ? gap : join(earlier, gap));
  }
  return [...joined.values()];
}

function join(a: EvidenceGap, b: EvidenceGap): EvidenceGap {
  const keys = [...new Set([...(a.keys ?? []), ...(b.keys ?? [])])].sort();
  const window = a.window && b.window ? hull(a.window, b.window) : (a.window ?? b.window);
  const shown = sum(a.shown, b.shown);
  const total = sum(a.total, b.total);
  return {
    ...a,
    ...(keys.length > 0 && { keys }),
    ...(window !== undefined && { window }),
    ...(shown !== undefined && { shown }),
    ...(total !== undefined && { total }),
  };
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : a + b;
}

function hull(a: TimeWindow, b: TimeWindow): TimeWindow {
  return { fromNs: a.fromNs < b.fromNs ? a.fromNs : b.fromNs, toNs: a.toNs > b.toNs ? a.toNs : b.toNs };
}
