/** The functions of PromQL that the demo knows. */
import { refuseDuplicates, scalarOf, vectorOf, type Evaluation, type Sample, type Value } from "./evaluation";
import { histogramQuantile } from "./histogram-quantile";
import { LabelSet, METRIC_NAME } from "./label-set";
import type { CallExpr, Expr } from "./promql-ast";
import { quantileOf } from "./quantile";
import { QueryError, unsupported } from "./query-error";
import { RANGE_FUNCTIONS } from "./range-functions";
import { relabel } from "./relabel";

const COUNTER_NAME = /_(?:total|sum|count|bucket)$/;

/** In: a type-checked call. */
export function callFunction(call: CallExpr, atMs: number, evaluation: Evaluation): Value {
  const overRange = RANGE_FUNCTIONS.get(call.name);
  if (overRange) return vector(applyToRange(call, overRange, atMs, evaluation));
  const number = (index: number) => scalarOf(argument(call, index), atMs, evaluation);
  const samples = (index: number) => vectorOf(argument(call, index), atMs, evaluation);
  switch (call.name) {
    case "time":
      return { type: "scalar", value: atMs / 1000 };
    case "vector":
      return vector([{ labels: LabelSet.of({}), value: number(0) }]);
    case "scalar": {
      const found = samples(0);
      return { type: "scalar", value: found.length === 1 ? (found[0]?.value ?? NaN) : NaN };
    }
    case "absent":
      return vector(samples(0).length > 0 ? [] : [absentSample(argument(call, 0))]);
    case "absent_over_time": {
      const range = evaluation.evaluate(argument(call, 0), atMs);
      return vector(range.type === "matrix" && range.series.length > 0 ? [] : [absentSample(argument(call, 0))]);
    }
    case "quantile_over_time": {
      const quantile = number(0);
      return vector(applyToRange(call, (range) => quantileOf(quantile, range.values), atMs, evaluation, 1));
    }
    case "histogram_quantile":
      return vector(histogramQuantile(call, number(0), samples(1), evaluation));
    case "sort":
      return vector([...samples(0)].sort((a, b) => a.value - b.value));
    case "sort_desc":
      return vector([...samples(0)].sort((a, b) => b.value - a.value));
    case "timestamp":
      return vector(mapValues(samples(0), (_, sample) => (sample.atMs ?? atMs) / 1000));
    case "label_replace":
      return vector(relabel(call, samples(0)));
    default:
      return vector(mapValues(samples(0), simple(call, number)));
  }
}

function simple(call: CallExpr, number: (index: number) => number): (value: number) => number {
  switch (call.name) {
    case "abs":
      return Math.abs;
    case "ceil":
      return Math.ceil;
    case "floor":
      return Math.floor;
    case "sqrt":
      return Math.sqrt;
    case "exp":
      return Math.exp;
    case "ln":
      return Math.log;
    case "clamp_min":
      return (value) => Math.max(value, number(1));
    case "clamp_max":
      return (value) => Math.min(value, number(1));
    case "clamp":
      return (value) => Math.max(number(1), Math.min(number(2), value));
    case "round": {
      const inverse = 1 / (call.args.length > 1 ? number(1) : 1);
      return (value) => Math.floor(value * inverse + 0.5) / inverse;
    }
    default:
      throw unsupported(`the function ${call.name}`);
  }
}

type OverRange = NonNullable<ReturnType<typeof RANGE_FUNCTIONS.get>>;

function applyToRange(call: CallExpr, apply: OverRange, atMs: number, evaluation: Evaluation, index = 0): Sample[] {
  const range = argument(call, index);
  const value = evaluation.evaluate(range, atMs);
  if (value.type !== "matrix") return [];
  const results: Sample[] = [];
  for (const series of value.series) {
    const result = apply(series, value.startMs, value.endMs);
    if (call.name === "rate" || call.name === "increase") noteGauge(call, series.labels, evaluation);
    // last_over_time is the one range function that keeps the metric name.
    const labels = call.name === "last_over_time" ? series.labels : series.labels.drop([METRIC_NAME]);
    if (result !== undefined) results.push({ labels, value: result });
  }
  return [...refuseDuplicates(results)];
}

function noteGauge(call: CallExpr, labels: LabelSet, evaluation: Evaluation): void {
  const name = labels.get(METRIC_NAME);
  if (COUNTER_NAME.test(name)) return;
  const at = `1:${String(argument(call, 0).from + 1)}`;
  evaluation.infos.add(
    `PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${JSON.stringify(name)} (${at})`,
  );
}

/** The labels that `absent` can know: those of equality matchers that occur once. */
function absentSample(expr: Expr): Sample {
  const selector = expr.kind === "range" ? expr.selector : expr;
  if (selector.kind !== "selector") return { labels: LabelSet.of({}), value: 1 };
  const named = selector.matchers.filter((matcher) => matcher.name !== METRIC_NAME);
  const single = named.filter(
    (matcher) => matcher.op === "=" && named.filter(({ name }) => name === matcher.name).length === 1,
  );
  return { labels: LabelSet.of(single.map((matcher) => [matcher.name, matcher.value] as const)), value: 1 };
}

function mapValues(samples: readonly Sample[], map: (value: number, sample: Sample) => number): readonly Sample[] {
  return refuseDuplicates(
    samples.map((sample) => ({ labels: sample.labels.drop([METRIC_NAME]), value: map(sample.value, sample) })),
  );
}

function argument(call: CallExpr, index: number): Expr {
  const found = call.args[index];
  if (!found) throw new QueryError("internal", "argument missing after type check");
  return found;
}

function vector(samples: readonly Sample[]): Value {
  return { type: "vector", samples };
}
