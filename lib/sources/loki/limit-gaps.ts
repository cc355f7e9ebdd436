/** Where our own limits of rows and bytes cut an answer, and the request that fetches the rest. Pure. */
import { addNs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import type { SourceId } from "@/lib/domain/source-id";
import { instantGap } from "./gaps";

export interface LimitCut {
  readonly by: "rows" | "bytes";
  /** The first instant that is not shown whole. Everything before it is. */
  readonly atNs: EpochNs;
}

/**
 * The queries of one question are cut at different places, so the rest begins at the earliest cut: what some of them gave
 * after it comes twice, which is harmless, and nothing is lost. Each continuation begins later than the one before it, so
 * following them ends: an instant that alone fills the limit becomes a gap of its own and is stepped over.
 */
export function limitGaps(source: SourceId, request: EvidenceRequest, cuts: readonly LimitCut[]): EvidenceGap[] {
  const { fromNs, toNs } = request.window;
  const gaps: EvidenceGap[] = [];
  const later = cuts.filter((cut) => cut.atNs > fromNs);
  if (cuts.some((cut) => cut.by === "rows" && cut.atNs <= fromNs)) {
    gaps.push(instantGap(source, fromNs));
    later.push({ by: "rows", atNs: addNs(fromNs, 1n) });
  }
  if (cuts.some((cut) => cut.by === "bytes" && cut.atNs <= fromNs)) {
    const detail = "The first log lines are larger than one question may read. They cannot be fetched in parts.";
    gaps.push({ source, reason: "truncated", detail, window: request.window, retryable: false });
  }
  const [next] = later.sort((a, b) => (a.atNs === b.atNs ? (a.by < b.by ? 1 : -1) : a.atNs < b.atNs ? -1 : 1));
  if (next === undefined || next.atNs >= toNs) return gaps;
  const window = { fromNs: next.atNs, toNs };
  const continuation = { ...request, window };
  return [...gaps, { source, reason: "truncated", detail: DETAIL[next.by], window, retryable: false, continuation }];
}

const DETAIL = {
  rows: "There are more log lines than one question may show. Later lines were not read.",
  bytes: "The log lines are larger than one question may read. Later lines were not read.",
} as const;
