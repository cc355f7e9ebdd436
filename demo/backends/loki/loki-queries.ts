/** `query_range`, `query` and `format_query` of Loki 3.4: checks in the order of the real server, then log or metric. */
import type { SyntaxNode } from "@lezer/common";
import { type DemoAnswer, type DemoRequest, Refusal } from "../demo-server";
import { formatDuration, parseDurationNs } from "../go-duration";
import { selectorOf } from "./label-matcher";
import { findLines, statsOf, streamsAnswer } from "./log-query";
import { type LogStore, streamKey } from "./log-store";
import { jsonAnswer } from "./loki-metadata";
import {
  directionOf,
  instantOf,
  limitOf,
  type LokiParameters,
  type LokiWindow,
  parametersOf,
  stepOf,
  windowOf,
} from "./loki-parameters";
import { type LogqlTree, parseLogqlTree } from "./logql-tree";
import { metricOf, type MetricEvaluation, type MetricValue } from "./metric-query";
import { pipelineOf } from "./pipeline";

const MAX_ENTRIES = 5000;
const MAX_RANGE_NS = 721n * 3_600_000_000_000n;
const MAX_SERIES = 500;
const MAX_POINTS = 11_000;

export function queryRange(store: LogStore, request: DemoRequest, nowMs: number): DemoAnswer {
  const parameters = parametersOf(request);
  const window = windowOf(parameters, nowMs);
  if (window.endNs < window.startNs) throw new Refusal(400, "end timestamp must not be before or equal to start time");
  const limit = limitOf(parameters);
  const direction = directionOf(parameters);
  const stepSeconds = stepOf(parameters, window);
  refuseTooManyPoints(window, stepSeconds);
  const tree = parseLogqlTree(parameters.first("query"));
  const log = logExpressionOf(tree);
  if (log === undefined) return matrixAnswer(store, metricOf(tree, firstOf(tree)), window, stepSeconds);
  const selector = log.getChild("Selector");
  const query = { matchers: selector === null ? [] : selectorOf(tree, selector), pipeline: pipelineOf(tree, log) };
  refuseLimits(window, limit);
  const intervalNs = BigInt(intervalOf(parameters));
  const lines = findLines(store, query, { window, limit, direction, intervalNs });
  return jsonAnswer({ status: "success", data: streamsAnswer(lines, wantsCategories(request)) });
}

function refuseTooManyPoints(window: LokiWindow, stepSeconds: number): void {
  if (Number(window.endNs - window.startNs) / 1e9 / stepSeconds <= MAX_POINTS) return;
  const message =
    "exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter";
  throw new Refusal(400, message);
}

function refuseLimits(window: LokiWindow, limit: number): void {
  if (limit > MAX_ENTRIES) {
    const pair = `(${String(limit)} > ${String(MAX_ENTRIES)})`;
    throw new Refusal(400, `max entries limit per query exceeded, limit > max_entries_limit_per_query ${pair}`);
  }
  const lengthNs = window.endNs - window.startNs;
  if (lengthNs <= MAX_RANGE_NS) return;
  const length = formatDuration(Number(lengthNs));
  throw new Refusal(400, `the query time range exceeds the limit (query length: ${length}, limit: 30d1h)`);
}

function intervalOf(parameters: LokiParameters): number {
  const text = parameters.first("interval");
  if (text === "") return 0;
  const seconds = Number(text);
  return Number.isNaN(seconds) ? (parseDurationNs(text) ?? 0) : Math.round(seconds * 1e9);
}

function wantsCategories(request: DemoRequest): boolean {
  const flags = request.headers["x-loki-response-encoding-flags"];
  return String(flags ?? "")
    .split(",")
    .some((flag) => flag.trim() === "categorize-labels");
}

function logExpressionOf(tree: LogqlTree): SyntaxNode | undefined {
  return tree.top.getChild("Expr")?.getChild("LogExpr") ?? undefined;
}

function firstOf(tree: LogqlTree): SyntaxNode {
  const expression = tree.top.getChild("Expr");
  if (expression === null) throw new Refusal(400, "parse error : syntax error: unexpected $end");
  return expression;
}

/** Log queries are refused since Loki 3.2. */
export function instantQuery(store: LogStore, request: DemoRequest, nowMs: number): DemoAnswer {
  const parameters = parametersOf(request);
  const atNs = instantOf(parameters, "time") ?? BigInt(nowMs) * 1_000_000n;
  const tree = parseLogqlTree(parameters.first("query"));
  if (logExpressionOf(tree) !== undefined) {
    const advice = "please change your query to a range query type";
    throw new Refusal(400, `log queries are not supported as an instant query type, ${advice}`);
  }
  return jsonAnswer({ status: "success", data: instantData(metricOf(tree, firstOf(tree))(store, atNs), atNs) });
}

function instantData(value: MetricValue, atNs: bigint): object {
  const seconds = Number(atNs / 1_000_000n) / 1000;
  if ("scalar" in value) return { resultType: "scalar", result: [seconds, String(value.scalar)], stats: statsOf(1) };
  const result = value.points.map(({ labels, value: held }) => ({ metric: labels, value: [seconds, String(held)] }));
  return { resultType: "vector", result, stats: statsOf(result.length) };
}

function matrixAnswer(
  store: LogStore,
  evaluate: MetricEvaluation,
  window: LokiWindow,
  stepSeconds: number,
): DemoAnswer {
  const stepNs = BigInt(Math.round(stepSeconds * 1e9));
  const series = new Map<string, { metric: object; values: [number, string][] }>();
  // Loki widens the range to whole steps before it evaluates.
  const startNs = (window.startNs / stepNs) * stepNs;
  const endNs = ((window.endNs + stepNs - 1n) / stepNs) * stepNs;
  for (let atNs = startNs; atNs <= endNs; atNs += stepNs) {
    const value = evaluate(store, atNs);
    const points = "scalar" in value ? [{ labels: {}, value: value.scalar }] : value.points;
    for (const point of points) {
      const key = streamKey(point.labels);
      const held = series.get(key) ?? { metric: point.labels, values: [] };
      series.set(key, held);
      held.values.push([Number(atNs / 1_000_000n) / 1000, String(point.value)]);
    }
  }
  if (series.size > MAX_SERIES)
    throw new Refusal(400, `maximum of series (${String(MAX_SERIES)}) reached for a single query`);
  const result = [...series.keys()].sort().map((key) => series.get(key));
  return jsonAnswer({ status: "success", data: { resultType: "matrix", result, stats: statsOf(result.length) } });
}

/** Only accepts or refuses; the text comes back as it was, not re-indented. */
export function formatQuery(request: DemoRequest): DemoAnswer {
  const text = parametersOf(request).first("query");
  try {
    parseLogqlTree(text);
    return jsonAnswer({ status: "success", data: text });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...jsonAnswer({ status: "invalid-query", error: error.message }), status: 400 };
  }
}
