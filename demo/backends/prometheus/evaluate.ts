/** Evaluates a parsed expression at one instant over the store. */
import { aggregate } from "./evaluate-aggregation";
import { evaluateBinary } from "./evaluate-binary";
import { callFunction } from "./evaluate-function";
import { refuseDuplicates, type Evaluation, type RangeSamples, type Sample, type Value } from "./evaluation";
import { METRIC_NAME } from "./label-set";
import type { Expr, RangeExpr, SelectorExpr } from "./promql-ast";
import type { Series, SeriesStore } from "./series-store";

export function startEvaluation(query: string, store: SeriesStore, lookbackMs: number): Evaluation {
  const evaluation: Evaluation = {
    query,
    store,
    lookbackMs,
    selected: new Map(),
    warnings: new Set(),
    infos: new Set(),
    evaluate: (expr, atMs) => evaluate(expr, atMs, evaluation),
  };
  return evaluation;
}

/** Throws `QueryError` (422) for what only the data can show: ambiguous matching, duplicate label sets. */
export function evaluate(expr: Expr, atMs: number, evaluation: Evaluation): Value {
  switch (expr.kind) {
    case "number":
      return { type: "scalar", value: expr.value };
    case "string":
      return { type: "string", value: expr.value };
    case "selector":
      return { type: "vector", samples: selectInstant(expr, atMs, evaluation) };
    case "range":
      return selectRange(expr, atMs, evaluation);
    case "unary":
      return negate(evaluate(expr.operand, atMs, evaluation), expr.negative);
    case "aggregate":
      return { type: "vector", samples: aggregate(expr, atMs, evaluation) };
    case "binary":
      return evaluateBinary(expr, atMs, evaluation);
    case "call":
      return callFunction(expr, atMs, evaluation);
  }
}

function seriesOf(selector: SelectorExpr, evaluation: Evaluation): readonly Series[] {
  const known = evaluation.selected.get(selector);
  if (known) return known;
  const found = evaluation.store.select(selector.matchers);
  evaluation.selected.set(selector, found);
  return found;
}

function selectInstant(selector: SelectorExpr, atMs: number, evaluation: Evaluation): Sample[] {
  const readAtMs = (selector.atMs ?? atMs) - selector.offsetMs;
  const samples: Sample[] = [];
  for (const series of seriesOf(selector, evaluation)) {
    const index = series.upperBound(readAtMs) - 1;
    const sampleAtMs = series.times[index];
    // The window is open on the left since 3.0: a sample exactly one look-back old is gone.
    if (sampleAtMs === undefined || sampleAtMs <= readAtMs - evaluation.lookbackMs || series.isStale(index)) continue;
    samples.push({ labels: series.labels, value: series.values[index] ?? NaN, atMs: sampleAtMs });
  }
  return samples;
}

function selectRange(range: RangeExpr, atMs: number, evaluation: Evaluation): Value {
  const endMs = (range.selector.atMs ?? atMs) - range.selector.offsetMs;
  const startMs = endMs - range.rangeMs;
  const found: RangeSamples[] = [];
  for (const series of seriesOf(range.selector, evaluation)) {
    const from = series.upperBound(startMs);
    const to = series.upperBound(endMs);
    if (from >= to) continue;
    const times: number[] = [];
    const values: number[] = [];
    for (let index = from; index < to; index++) {
      if (series.isStale(index)) continue;
      times.push(series.times[index] ?? 0);
      values.push(series.values[index] ?? NaN);
    }
    if (times.length > 0) found.push({ labels: series.labels, times, values });
  }
  return { type: "matrix", series: found, startMs, endMs };
}

function negate(value: Value, negative: boolean): Value {
  if (!negative) return value;
  if (value.type === "scalar") return { type: "scalar", value: -value.value };
  if (value.type !== "vector") return value;
  const samples = value.samples.map((sample) => ({ labels: sample.labels.drop([METRIC_NAME]), value: -sample.value }));
  return { type: "vector", samples: refuseDuplicates(samples) };
}
