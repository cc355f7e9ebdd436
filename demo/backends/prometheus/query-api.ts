/** `/api/v1/query` and `/api/v1/query_range`. */
import type { HttpAnswer } from "../serve-http";
import { invalidParameter, success, TRUNCATED } from "./api-answer";
import { durationParameter, limitParameter, queryParameter, timeParameter, type Parameters } from "./api-parameters";
import { evaluate, startEvaluation } from "./evaluate";
import { refuseDuplicates, type Evaluation, type RangeSamples, type Value } from "./evaluation";
import { checkTypes } from "./check-types";
import { formatValue } from "./format-value";
import { EMPTY_LABELS, type LabelSet } from "./label-set";
import type { Expr } from "./promql-ast";
import { QueryError } from "./query-error";
import type { SeriesStore } from "./series-store";

const LOOKBACK_MS = 300_000;
const MAX_STEPS = 11_000;

export function answerQuery(parameters: Parameters, store: SeriesStore, nowMs: number): HttpAnswer {
  const limit = limitParameter(parameters);
  const atMs = timeParameter(parameters, "time", nowMs);
  durationParameter(parameters, "timeout");
  const lookbackMs = durationParameter(parameters, "lookback_delta") ?? LOOKBACK_MS;
  const { text, expr } = queryParameter(parameters);
  const evaluation = startEvaluation(text, store, lookbackMs);
  const { resultType, result } = instantResult(evaluate(expr, atMs, evaluation), atMs);
  return answer(resultType, result, limit, evaluation);
}

export function answerQueryRange(parameters: Parameters, store: SeriesStore): HttpAnswer {
  const limit = limitParameter(parameters);
  const startMs = timeParameter(parameters, "start");
  const endMs = timeParameter(parameters, "end");
  if (endMs < startMs) throw invalidParameter("end", "end timestamp must not be before start time");
  const stepMs = durationParameter(parameters, "step", true) ?? 0;
  if (stepMs <= 0)
    throw invalidParameter(
      "step",
      "zero or negative query resolution step widths are not accepted. Try a positive integer",
    );
  if (Math.floor((endMs - startMs) / stepMs) > MAX_STEPS)
    throw new QueryError(
      "bad_data",
      "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)",
    );
  durationParameter(parameters, "timeout");
  const lookbackMs = durationParameter(parameters, "lookback_delta") ?? LOOKBACK_MS;
  const { text, expr } = queryParameter(parameters);
  const type = checkTypes(text, expr);
  if (type !== "scalar" && type !== "instant vector")
    throw invalidParameter(
      "query",
      `invalid expression type ${JSON.stringify(type)} for range query, must be Scalar or instant Vector`,
    );
  const evaluation = startEvaluation(text, store, lookbackMs);
  return answer("matrix", evaluateRange(expr, { startMs, endMs, stepMs }, evaluation), limit, evaluation);
}

function answer(resultType: string, result: unknown, limit: number, evaluation: Evaluation): HttpAnswer {
  const notes = { warnings: evaluation.warnings, infos: evaluation.infos };
  if (
    limit === 0 ||
    !Array.isArray(result) ||
    result.length <= limit ||
    resultType === "scalar" ||
    resultType === "string"
  )
    return success({ resultType, result }, notes);
  return success(
    { resultType, result: result.slice(0, limit) },
    { ...notes, warnings: [...evaluation.warnings, TRUNCATED] },
  );
}

function instantResult(value: Value, atMs: number): { resultType: string; result: unknown } {
  switch (value.type) {
    case "scalar":
      return { resultType: "scalar", result: [atMs / 1000, formatValue(value.value)] };
    case "string":
      return { resultType: "string", result: [atMs / 1000, value.value] };
    case "matrix":
      return { resultType: "matrix", result: value.series.map(matrixItem) };
    case "vector":
      return {
        resultType: "vector",
        result: refuseDuplicates(value.samples).map((sample) => ({
          metric: sample.labels.toObject(),
          value: [atMs / 1000, formatValue(sample.value)],
        })),
      };
  }
}

function evaluateRange(
  expr: Expr,
  grid: { readonly startMs: number; readonly endMs: number; readonly stepMs: number },
  evaluation: Evaluation,
): unknown[] {
  const found = new Map<string, { labels: LabelSet; times: number[]; values: number[] }>();
  const add = (labels: LabelSet, atMs: number, value: number) => {
    const series = found.get(labels.key) ?? { labels, times: [], values: [] };
    series.times.push(atMs);
    series.values.push(value);
    found.set(labels.key, series);
  };
  for (let atMs = grid.startMs; atMs <= grid.endMs; atMs += grid.stepMs) {
    const value = evaluate(expr, atMs, evaluation);
    if (value.type === "scalar") add(EMPTY_LABELS, atMs, value.value);
    if (value.type === "vector")
      for (const sample of refuseDuplicates(value.samples)) add(sample.labels, atMs, sample.value);
  }
  // The server sorts a matrix by labels.
  return [...found.values()].sort((a, b) => (a.labels.key < b.labels.key ? -1 : 1)).map(matrixItem);
}

function matrixItem(series: RangeSamples): unknown {
  return {
    metric: series.labels.toObject(),
    values: series.times.map((atMs, index) => [atMs / 1000, formatValue(series.values[index] ?? NaN)]),
  };
}
