/** Metric queries over logs: counts, rates and their aggregations. Anything else is refused with 501, never guessed. */
import type { SyntaxNode } from "@lezer/common";
import { notSupported, Refusal } from "../demo-server";
import { parseDurationNs } from "../go-duration";
import { selectorOf } from "./label-matcher";
import { everyLine, type LogQuery } from "./log-query";
import { type LogStore, streamKey } from "./log-store";
import { childrenOf, type LogqlTree, listOf, textOf } from "./logql-tree";
import { pipelineOf } from "./pipeline";

type Labels = Readonly<Record<string, string>>;

export interface MetricPoint {
  readonly labels: Labels;
  readonly value: number;
}

export type MetricValue = { readonly scalar: number } | { readonly points: readonly MetricPoint[] };

/** Evaluates at one instant. Units: `atNs` epoch ns. */
export type MetricEvaluation = (store: LogStore, atNs: bigint) => MetricValue;

const MAX_SERIES = 500;

export function metricOf(tree: LogqlTree, expression: SyntaxNode): MetricEvaluation {
  const node = expression.name === "Expr" || expression.name === "MetricExpr" ? expression.firstChild : expression;
  if (node === null) throw notSupported("this expression");
  switch (node.name) {
    case "MetricExpr":
      return metricOf(tree, node);
    case "LiteralExpr":
      return constant({ scalar: Number(textOf(tree, node)) });
    case "VectorExpr":
      return constant({ points: [{ labels: {}, value: Number(textOf(tree, node.getChild("Number"))) }] });
    case "BinOpExpr":
      return binaryOf(tree, node);
    case "VectorAggregationExpr":
      return aggregationOf(tree, node);
    case "RangeAggregationExpr":
      return rangeOf(tree, node);
    default:
      throw notSupported(`the expression ${node.name}`);
  }
}

function constant(value: MetricValue): MetricEvaluation {
  return () => value;
}

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  Add: (left, right) => left + right,
  Sub: (left, right) => left - right,
  Mul: (left, right) => left * right,
  Div: (left, right) => left / right,
};

function binaryOf(tree: LogqlTree, node: SyntaxNode): MetricEvaluation {
  const [leftNode, operator, , rightNode] = childrenOf(node);
  const compute = ARITHMETIC[operator?.name ?? ""];
  if (compute === undefined || leftNode === undefined || rightNode === undefined) throw notSupported("this operator");
  const left = metricOf(tree, leftNode);
  const right = metricOf(tree, rightNode);
  return (store, atNs) => combine(left(store, atNs), right(store, atNs), compute);
}

function combine(left: MetricValue, right: MetricValue, compute: (left: number, right: number) => number): MetricValue {
  if ("scalar" in left && "scalar" in right) return { scalar: compute(left.scalar, right.scalar) };
  if ("scalar" in left) return "points" in right ? mapped(right.points, (value) => compute(left.scalar, value)) : left;
  if ("scalar" in right) return mapped(left.points, (value) => compute(value, right.scalar));
  const others = new Map(right.points.map((point) => [streamKey(point.labels), point.value]));
  return {
    points: left.points.flatMap(({ labels, value }) => {
      const other = others.get(streamKey(labels));
      return other === undefined ? [] : [{ labels, value: compute(value, other) }];
    }),
  };
}

function mapped(points: readonly MetricPoint[], change: (value: number) => number): MetricValue {
  return { points: points.map(({ labels, value }) => ({ labels, value: change(value) })) };
}

const AGGREGATIONS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum: (values) => values.reduce((total, value) => total + value, 0),
  count: (values) => values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  avg: (values) => values.reduce((total, value) => total + value, 0) / values.length,
};

function aggregationOf(tree: LogqlTree, node: SyntaxNode): MetricEvaluation {
  const name = textOf(tree, node.getChild("VectorOp"));
  const innerNode = node.getChild("MetricExpr");
  if (innerNode === null) throw notSupported("this aggregation");
  const inner = metricOf(tree, innerNode);
  if (name === "topk") return topkOf(Number(textOf(tree, node.getChild("Number"))), inner);
  const reduce = AGGREGATIONS[name];
  if (reduce === undefined) throw notSupported(`the aggregation ${name}`);
  const labelsOf = groupingOf(tree, node.getChild("Grouping"));
  return (store, atNs) => {
    const value = inner(store, atNs);
    if ("scalar" in value) return value;
    const groups = new Map<string, { labels: Labels; values: number[] }>();
    for (const point of value.points) {
      const labels = labelsOf(point.labels);
      const group = groups.get(streamKey(labels)) ?? { labels, values: [] };
      groups.set(streamKey(labels), group);
      group.values.push(point.value);
    }
    return { points: limited([...groups.values()].map(({ labels, values }) => ({ labels, value: reduce(values) }))) };
  };
}

function topkOf(rows: number, inner: MetricEvaluation): MetricEvaluation {
  return (store, atNs) => {
    const value = inner(store, atNs);
    if ("scalar" in value) return value;
    return { points: [...value.points].sort((left, right) => right.value - left.value).slice(0, rows) };
  };
}

function groupingOf(tree: LogqlTree, grouping: SyntaxNode | null): (labels: Labels) => Labels {
  if (grouping === null) return () => ({});
  const names = new Set(listOf(grouping, "Identifier", ["Labels"]).map((node) => textOf(tree, node)));
  const by = grouping.getChild("By") !== null;
  return (labels) =>
    Object.fromEntries(Object.entries(labels).filter(([name, value]) => names.has(name) === by && value !== ""));
}

function limited(points: MetricPoint[]): MetricPoint[] {
  if (points.length > MAX_SERIES)
    throw new Refusal(400, `maximum of series (${String(MAX_SERIES)}) reached for a single query`);
  return points;
}

function rangeOf(tree: LogqlTree, node: SyntaxNode): MetricEvaluation {
  const name = textOf(tree, node.getChild("RangeOp"));
  const log = node.getChild("LogRangeExpr");
  const selector = log?.getChild("Selector") ?? null;
  if (log === null || selector === null || node.getChild("Number") !== null) throw notSupported(`the function ${name}`);
  if (
    log.getChild("UnwrapExpr") !== null ||
    log.getChild("OffsetExpr") !== null ||
    node.getChild("Grouping") !== null
  ) {
    throw notSupported("unwrap, offset and grouped ranges");
  }
  const rangeNs = parseDurationNs(textOf(tree, log.getChild("Range")).slice(1, -1));
  if (rangeNs === undefined) throw new Refusal(400, "parse error : not a valid duration string");
  const query: LogQuery = { matchers: selectorOf(tree, selector), pipeline: pipelineOf(tree, log) };
  const weigh = name.startsWith("bytes") ? (line: string) => Buffer.byteLength(line) : () => 1;
  if (!["count_over_time", "rate", "bytes_over_time", "bytes_rate"].includes(name))
    throw notSupported(`the function ${name}`);
  const scale = name.endsWith("rate") ? rangeNs / 1e9 : 1;
  return (store, atNs) => {
    // The range is open at its start and closed at its end, as in Prometheus.
    const window = { startNs: atNs - BigInt(rangeNs) + 1n, endNs: atNs + 1n };
    const sums = new Map<string, { labels: Labels; sum: number }>();
    for (const { entry, state } of everyLine(store, query, window)) {
      const labels = state.all();
      const key = streamKey(labels);
      const held = sums.get(key) ?? { labels, sum: 0 };
      sums.set(key, held);
      held.sum += weigh(entry.line);
    }
    return { points: [...sums.values()].map(({ labels, sum }) => ({ labels, value: sum / scale })) };
  };
}
