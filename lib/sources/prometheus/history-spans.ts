/** Which time of a history is known, and why the rest is not. Pure. */
import type { FiringHistory, HistoryGap } from "@/lib/domain/firing-history";
import type { Span } from "./history-reader";
import type { ReadStretch } from "./rebuild-fires";

export type HistoryPiece = Omit<ReadStretch, "before" | "activeBefore">;

/** Pieces that touch become one. In and out: ascending. */
export function joinPieces(pieces: readonly HistoryPiece[]): HistoryPiece[] {
  const groups: HistoryPiece[][] = [];
  for (const piece of pieces) {
    const group = groups.at(-1);
    if (group && group.at(-1)?.untilS === piece.afterS) group.push(piece);
    else groups.push([piece]);
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return [];
    return [
      {
        ...{ afterS: first.afterS, untilS: last.untilS, stepS: first.stepS },
        starts: group.flatMap(({ starts }) => starts),
        ends: group.flatMap(({ ends }) => ends),
        activeAtStarts: group.flatMap(({ activeAtStarts }) => activeAtStarts),
        activeAtEnds: group.flatMap(({ activeAtEnds }) => activeAtEnds),
      },
    ];
  });
}

interface Found {
  readonly range: Span;
  /** Set when older was asked for than is kept. */
  readonly keptFromS: number | undefined;
  /** Ascending, disjoint. */
  readonly read: readonly Span[];
  /** When the server was there; undefined when that is not known. */
  readonly alive: readonly Span[] | undefined;
  readonly gaps: readonly HistoryGap[];
}

export function spansOf({ range, keptFromS, read, alive, gaps }: Found): Pick<FiringHistory, "read" | "gaps"> {
  const there = alive ?? [range];
  const known = read.flatMap((span) =>
    there
      .map(({ fromS, toS }) => ({ fromS: Math.max(fromS, span.fromS), toS: Math.min(toS, span.toS) }))
      .filter(({ fromS, toS }) => toS > fromS),
  );
  const silent = read.flatMap((span) => between(span, there));
  const all: HistoryGap[] = [
    ...(keptFromS === undefined ? [] : [gapOf({ fromS: range.fromS, toS: keptFromS }, "not-kept")]),
    ...silent.map((span) => gapOf(span, "silent")),
    ...gaps,
  ];
  return {
    read: known.map(({ fromS, toS }) => ({ fromMs: fromS * 1000, toMs: toS * 1000 })),
    gaps: merged(all.filter(({ fromMs, toMs }) => toMs - fromMs >= SHORTEST_GAP_MS)),
  };
}

/** A grid does not end where the clock stands. */
const SHORTEST_GAP_MS = 2 * 60_000;

/** What of the span none of the others holds. */
function between(span: Span, others: readonly Span[]): Span[] {
  const free: Span[] = [];
  let at = span.fromS;
  for (const { fromS, toS } of others) {
    if (fromS > at) free.push({ fromS: at, toS: Math.min(fromS, span.toS) });
    at = Math.max(at, toS);
  }
  return [...free, { fromS: at, toS: span.toS }].filter(({ fromS, toS }) => toS > fromS);
}

function gapOf({ fromS, toS }: Span, why: HistoryGap["why"]): HistoryGap {
  return { fromMs: fromS * 1000, toMs: toS * 1000, why };
}

function merged(gaps: readonly HistoryGap[]): HistoryGap[] {
  const result: HistoryGap[] = [];
  for (const gap of [...gaps].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = result.at(-1);
    if (last && last.why === gap.why && gap.fromMs <= last.toMs) {
      result[result.length - 1] = { ...last, toMs: Math.max(last.toMs, gap.toMs) };
    } else result.push(gap);
  }
  return result;
}
