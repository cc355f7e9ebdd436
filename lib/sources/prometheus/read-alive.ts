/** When the server was there itself: it scrapes something, or it was down and nobody knows what would have fired. */
import type { HistoryReader, Span } from "./history-reader";
import { ALIVE_WITHIN_S, firingHistoryQueries, wholeRangeParameters } from "./query";
import { gridChunks } from "./time-grid";

const STEP_S = 60;
const POINTS = 10_999;
/** Shorter ones are restarts, which alerts survive. */
const SHORTEST_BREAK_S = 600;

/** Ascending, seconds; undefined when it cannot be told, as by servers that only store what rules made. */
export async function readAlive({ fromS, toS }: Span, { client }: HistoryReader): Promise<readonly Span[] | undefined> {
  const endS = Math.ceil(toS / STEP_S) * STEP_S;
  const grid = { startS: Math.ceil(fromS / STEP_S) * STEP_S, endS, stepS: STEP_S };
  const { alive } = firingHistoryQueries(STEP_S);
  const seen: number[] = [];
  for (const chunk of gridChunks(grid, POINTS)) {
    const answer = await client().range(wholeRangeParameters(alive, chunk));
    if (!answer.ok || answer.isPartial) return undefined;
    seen.push(...answer.value.flatMap(({ values }) => values.map(([atS]) => atS)));
  }
  const spans: { fromS: number; toS: number }[] = [];
  for (const atS of seen.sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last && atS - ALIVE_WITHIN_S - last.toS < SHORTEST_BREAK_S) last.toS = atS;
    // At the first of them something was scraped up to two minutes ago: the last minute of that is left out.
    else spans.push({ fromS: atS - STEP_S, toS: atS });
  }
  return spans.length === 0 ? undefined : spans;
}
