/** Functions over the samples of one range: counters with extrapolation (promql/functions.go) and the `_over_time` family. */
import { maxOf, minOf, sumOf } from "./evaluate-aggregation";
import type { RangeSamples } from "./evaluation";

type RangeFunction = (range: RangeSamples, startMs: number, endMs: number) => number | undefined;

/** undefined: too few samples, the series is left out. */
export const RANGE_FUNCTIONS: ReadonlyMap<string, RangeFunction> = new Map<string, RangeFunction>([
  ["rate", (range, startMs, endMs) => perSecond(extrapolate(range, startMs, endMs, true), startMs, endMs)],
  ["increase", (range, startMs, endMs) => extrapolate(range, startMs, endMs, true)],
  ["delta", (range, startMs, endMs) => extrapolate(range, startMs, endMs, false)],
  ["irate", (range) => lastTwo(range, true)],
  ["idelta", (range) => lastTwo(range, false)],
  ["sum_over_time", ({ values }) => sumOf(values)],
  ["avg_over_time", ({ values }) => sumOf(values) / values.length],
  ["min_over_time", ({ values }) => minOf(values)],
  ["max_over_time", ({ values }) => maxOf(values)],
  ["count_over_time", ({ values }) => values.length],
  ["last_over_time", ({ values }) => values.at(-1)],
  ["present_over_time", () => 1],
  ["changes", ({ values }) => countSteps(values, (before, after) => before !== after && !bothNaN(before, after))],
  ["resets", ({ values }) => countSteps(values, (before, after) => after < before)],
]);

function perSecond(increase: number | undefined, startMs: number, endMs: number): number | undefined {
  return increase === undefined ? undefined : (increase * 1000) / (endMs - startMs);
}

/** Stretches the observed change to the window's edges, but not past where a counter would have been zero. */
function extrapolate(range: RangeSamples, startMs: number, endMs: number, isCounter: boolean): number | undefined {
  const { times, values } = range;
  const [first, last, firstAtMs, lastAtMs] = [values[0], values.at(-1), times[0], times.at(-1)];
  if (
    values.length < 2 ||
    first === undefined ||
    last === undefined ||
    firstAtMs === undefined ||
    lastAtMs === undefined
  )
    return undefined;
  let change = last - first;
  if (isCounter) change += sumOf(values.slice(1).map((value, index) => resetOf(values[index] ?? 0, value)));
  const sampledMs = lastAtMs - firstAtMs;
  const averageMs = sampledMs / (values.length - 1);
  const toStartMs = edge(firstAtMs - startMs, averageMs);
  const toEndMs = edge(endMs - lastAtMs, averageMs);
  const toZeroMs = isCounter && change > 0 && first >= 0 ? sampledMs * (first / change) : Infinity;
  return change * ((sampledMs + Math.min(toStartMs, toZeroMs) + toEndMs) / sampledMs);
}

function resetOf(before: number, after: number): number {
  return after < before ? before : 0;
}

function edge(distanceMs: number, averageMs: number): number {
  return distanceMs >= averageMs * 1.1 ? averageMs / 2 : distanceMs;
}

function lastTwo({ times, values }: RangeSamples, isRate: boolean): number | undefined {
  const [before, after] = values.slice(-2);
  const [beforeMs, afterMs] = times.slice(-2);
  if (before === undefined || after === undefined || beforeMs === undefined || afterMs === undefined) return undefined;
  if (!isRate) return after - before;
  return ((after < before ? after : after - before) * 1000) / (afterMs - beforeMs);
}

function countSteps(values: readonly number[], counts: (before: number, after: number) => boolean): number {
  return values.slice(1).filter((value, index) => counts(values[index] ?? NaN, value)).length;
}

function bothNaN(a: number, b: number): boolean {
  return Number.isNaN(a) && Number.isNaN(b);
}
