/** The answers of all queries of one question → one list of lines and what it lacks. Pure. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import type { SourceId } from "@/lib/domain/source-id";
import { partsGaps } from "./gaps";
import { limitGaps, type LimitCut } from "./limit-gaps";
import { byTime, type LokiLine } from "./read-lines";
import type { WindowPart } from "./read-window";

export interface MergedParts {
  /** Ascending in time, each line once, at most `maxRows`: the earliest of what was found. */
  readonly lines: readonly LokiLine[];
  /** The total is unknown to Loki; `shown` is what is left after merging. */
  readonly gaps: readonly EvidenceGap[];
}

export function mergeParts(
  source: SourceId,
  request: EvidenceRequest,
  parts: readonly WindowPart[],
  maxRows: number,
): MergedParts {
  const byIdentity = new Map(parts.flatMap((part) => part.lines).map((line) => [line.identity, line]));
  const all = [...byIdentity.values()].sort(byTime);
  const lines = all.slice(0, maxRows);
  const firstCut = all[maxRows];
  const cuts: LimitCut[] = parts.flatMap(({ stop, coveredToNs }) =>
    stop === "rows" || stop === "bytes" ? [{ by: stop, atNs: coveredToNs }] : [],
  );
  if (firstCut !== undefined) cuts.push({ by: "rows", atNs: firstCut.atNs });
  const gaps = [...partsGaps(source, parts), ...limitGaps(source, request, cuts)];
  const shown = lines.length;
  return { lines, gaps: gaps.map((gap) => (gap.reason === "truncated" ? { ...gap, shown } : gap)) };
}
