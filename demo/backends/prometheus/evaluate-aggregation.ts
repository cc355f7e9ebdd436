/** `sum by (…)` and its relatives. */
import { scalarOf, vectorOf, type Evaluation, type Sample } from "./evaluation";
import type { LabelSet } from "./label-set";
import { METRIC_NAME } from "./label-set";
import { quantileOf } from "./quantile";
import type { AggregateExpr } from "./promql-ast";

/** topk and bottomk keep the labels of their members and their order by value; the others give one sample per group. */
export function aggregate(expr: AggregateExpr, atMs: number, evaluation: Evaluation): Sample[] {
  const samples = vectorOf(expr.operand, atMs, evaluation);
  const parameter = expr.parameter ? scalarOf(expr.parameter, atMs, evaluation) : 0;
  const groups = new Map<string, { labels: LabelSet; members: Sample[] }>();
  for (const sample of samples) {
    const labels = expr.without ? sample.labels.drop([...expr.labels, METRIC_NAME]) : sample.labels.keep(expr.labels);
    const group = groups.get(labels.key);
    if (group) group.members.push(sample);
    else groups.set(labels.key, { labels, members: [sample] });
  }
  if (expr.op === "topk" || expr.op === "bottomk")
    return [...groups.values()].flatMap((group) => pick(group.members, parameter, expr.op === "topk"));
  return [...groups.values()].map(({ labels, members }) => ({
    labels,
    value: reduce(
      expr.op,
      members.map((member) => member.value),
      parameter,
    ),
  }));
}

function pick(members: readonly Sample[], count: number, highest: boolean): Sample[] {
  const rank = (value: number): number => (Number.isNaN(value) ? -Infinity : highest ? value : -value);
  return [...members].sort((a, b) => rank(b.value) - rank(a.value)).slice(0, Math.max(0, Math.trunc(count)));
}

function reduce(op: string, values: readonly number[], parameter: number): number {
  switch (op) {
    case "sum":
      return sumOf(values);
    case "avg":
      return sumOf(values) / values.length;
    case "min":
      return minOf(values);
    case "max":
      return maxOf(values);
    case "count":
      return values.length;
    case "quantile":
      return quantileOf(parameter, values);
    default:
      return 1; // group
  }
}

/** Kahan-Neumaier, as the server sums: it keeps small terms beside large ones. */
export function sumOf(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    if (Number.isFinite(next)) lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(sum) ? sum + lost : sum;
}

/** NaN counts only when there is nothing else. */
export function minOf(values: readonly number[]): number {
  return values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least), NaN);
}

export function maxOf(values: readonly number[]): number {
  return values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most), NaN);
}
