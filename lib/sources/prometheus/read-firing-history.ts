/**
 * Reads up to some weeks of firing alerts out of `ALERTS`: newest first in pieces of at most 11,000 steps, a piece that is too
 * much in halves, and everything that could not be read as a gap. Two requests at once: it is background work for a server
 * that others wait for.
 */
import type { FiringHistory, HistoryGap } from "@/lib/domain/firing-history";
import type { PrometheusAnswer, PrometheusFailure } from "./client";
import type { HistoryReader } from "./history-reader";
import { type HistoryPiece, joinPieces, spansOf } from "./history-spans";
import { readAlive } from "./read-alive";
import { firingHistoryQueries, wholeInstantParameters, wholeRangeParameters } from "./query";
import { type ReadStretch, rebuildFires, type RuleTimes } from "./rebuild-fires";
import type { Series, Vector } from "./wire";

/** Prometheus refuses more than 11,000 points; one is kept back because both ends count. */
const POINTS_PER_PIECE = 10_999;
/** Smaller pieces are not tried: what does not answer for so little does not answer. */
const FEWEST_POINTS = 100;
/** Rules that are not there any more may have had a short interval: the step is never longer. */
const LONGEST_STEP_S = 15;
/** In a row; then it is taken for dead and left alone. */
const MOST_FAILURES = 3;
const MOST_FIRES = 100_000;

/** Never rejects. What is not kept, not answered or too much is a gap. */
export async function readFiringHistory(
  range: { readonly fromMs: number; readonly toMs: number },
  reader: HistoryReader,
): Promise<FiringHistory> {
  const known = await reader.client().ruleTimes();
  const rules: RuleTimes = known.ok ? known.value : new Map();
  const intervals = [...rules.values()].map(({ intervalS }) => Math.floor(intervalS));
  const stepS = Math.max(1, Math.min(LONGEST_STEP_S, ...intervals));
  const toS = Math.floor(range.toMs / 1000 / stepS) * stepS;
  const askedS = Math.ceil(range.fromMs / 1000 / stepS) * stepS;
  const alive = await readAlive({ fromS: askedS, toS }, reader);
  const kept = reader.keptMs === undefined ? askedS : (reader.now() - reader.keptMs) / 1000;
  const oldestS = alive?.[0]?.fromS ?? kept;
  const fromS = Math.min(toS, Math.max(askedS, Math.ceil(oldestS / stepS) * stepS));
  const { pieces, gaps } = await readPieces({ fromS, toS, stepS }, reader);
  const { stretches, lost } = await withBefore(joinPieces(pieces), stepS, reader);
  const { fires, open } = rebuildFires(stretches, rules, toS);
  const isEmpty = fires.length === 0 && open === 0 && rules.size > 0 && stretches.length > 0;
  return {
    fires,
    ...spansOf({
      range: { fromS: range.fromMs / 1000, toS: range.toMs / 1000 },
      keptFromS: fromS > askedS ? fromS : undefined,
      read: isEmpty ? [] : stretches.map(({ afterS, untilS }) => ({ fromS: afterS, toS: untilS })),
      alive,
      gaps: isEmpty ? [{ fromMs: fromS * 1000, toMs: toS * 1000, why: "no-alerts" }] : [...gaps, ...lost],
    }),
  };
}

async function readPieces(
  { fromS, toS, stepS }: { readonly fromS: number; readonly toS: number; readonly stepS: number },
  reader: HistoryReader,
): Promise<{ readonly pieces: readonly HistoryPiece[]; readonly gaps: readonly HistoryGap[] }> {
  const pieces: HistoryPiece[] = [];
  const gaps: HistoryGap[] = [];
  // A stack with the newest on top: halves of a piece are read before anything older.
  const left: { afterS: number; untilS: number }[] = [];
  for (let untilS = toS; untilS > fromS; untilS -= POINTS_PER_PIECE * stepS) {
    left.unshift({ afterS: Math.max(fromS, untilS - POINTS_PER_PIECE * stepS), untilS });
  }
  let failures = 0;
  let found = 0;
  for (let next = left.pop(); next; next = left.pop()) {
    const { afterS, untilS } = next;
    const miss = (why: HistoryGap["why"]) => gaps.push({ fromMs: afterS * 1000, toMs: untilS * 1000, why });
    if (found > MOST_FIRES) miss("too-much");
    else if (failures >= MOST_FAILURES || reader.signal.aborted || reader.now() >= reader.deadlineAtMs) {
      miss("unreadable");
    } else {
      const piece = await readPiece(next, stepS, reader);
      const points = (untilS - afterS) / stepS;
      failures = "failure" in piece && !isTooMuch(piece.failure) ? failures + 1 : 0;
      if (!("failure" in piece)) {
        found += piece.starts.reduce((sum, { values }) => sum + values.length, 0);
        pieces.push(piece);
      } else if (isTooMuch(piece.failure) && points > FEWEST_POINTS) {
        const middleS = afterS + Math.floor(points / 2) * stepS;
        left.push({ afterS, untilS: middleS }, { afterS: middleS, untilS });
      } else miss("unreadable");
    }
  }
  return { pieces: pieces.sort((a, b) => a.afterS - b.afterS), gaps };
}

const QUIET = { starts: [], ends: [], activeAtStarts: [], activeAtEnds: [] } as const;

async function readPiece(
  { afterS, untilS }: { readonly afterS: number; readonly untilS: number },
  stepS: number,
  { client }: HistoryReader,
): Promise<HistoryPiece | { readonly failure: PrometheusFailure }> {
  const queries = firingHistoryQueries(stepS);
  const grid = { startS: afterS + stepS, endS: untilS, stepS };
  const range = (promql: string) => client().range(wholeRangeParameters(promql, grid));
  // Most hours are quiet, and the finer questions cost a server more than this one.
  const coarse = { startS: afterS, endS: afterS + Math.ceil((untilS - afterS) / 300) * 300, stepS: 300 };
  const anything = await client().range(wholeRangeParameters(queries.anything, coarse));
  const counts = wholeSeries(anything);
  if (!counts) return { failure: failureOf([anything]) };
  if (counts.length === 0) return { afterS, untilS, stepS, ...QUIET };
  const edges = await Promise.all([range(queries.starts), range(queries.ends)]);
  const [starts, ends] = edges.map(wholeSeries);
  if (!starts || !ends) return { failure: failureOf(edges) };
  const since = await Promise.all([range(queries.activeAtStarts), range(queries.activeAtEnds)]);
  const [activeAtStarts, activeAtEnds] = since.map(wholeSeries);
  if (!activeAtStarts || !activeAtEnds) return { failure: failureOf(since) };
  return { afterS, untilS, stepS, starts, ends, activeAtStarts, activeAtEnds };
}

/** What fired already where each stretch begins. A stretch without that is not known to be whole. */
async function withBefore(stretches: readonly HistoryPiece[], stepS: number, { client }: HistoryReader) {
  const queries = firingHistoryQueries(stepS);
  const known: ReadStretch[] = [];
  const lost: HistoryGap[] = [];
  for (const stretch of stretches) {
    const at = (promql: string) => client().instant(wholeInstantParameters(promql, stretch.afterS));
    const [before, activeBefore] = await Promise.all([at(queries.before), at(queries.activeBefore)]);
    if (before.ok && activeBefore.ok && !before.isPartial && !activeBefore.isPartial) {
      known.push({ ...stretch, before: asSeries(before.value), activeBefore: asSeries(activeBefore.value) });
    } else lost.push({ fromMs: stretch.afterS * 1000, toMs: stretch.untilS * 1000, why: "unreadable" });
  }
  return { stretches: known, lost };
}

function asSeries(vector: Vector["result"]): Series[] {
  return vector.flatMap(({ metric, value }) => (value ? [{ metric, values: [value] }] : []));
}

function wholeSeries(answer: PrometheusAnswer<readonly Series[]>): readonly Series[] | undefined {
  return answer.ok && !answer.isPartial ? answer.value : undefined;
}

/** An answer that says itself that it is not whole is none. */
function failureOf(answers: readonly PrometheusAnswer<unknown>[]): PrometheusFailure {
  const failed = answers.find((answer) => !answer.ok);
  return failed && !failed.ok ? failed.failure : { ok: false, kind: "bad-response", attempts: 1 };
}

/** Half of it may be possible. */
function isTooMuch(failure: PrometheusFailure): boolean {
  if (failure.kind === "too-large" || failure.kind === "timeout" || failure.kind === "cut-off") return true;
  return failure.kind === "status" && (failure.status === 422 || failure.status === 503);
}
