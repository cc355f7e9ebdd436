/** `/api/v1/series`, `labels`, `label/{name}/values` and `query_exemplars`. */
import type { HttpAnswer } from "../serve-http";
import { invalidParameter, success, text, TRUNCATED } from "./api-answer";
import { limitParameter, matchParameters, timeParameter, type Parameters } from "./api-parameters";
import { parsePromql } from "./parse-promql";
import type { Expr, Matcher } from "./promql-ast";
import { QueryError } from "./query-error";
import type { Series, SeriesStore } from "./series-store";

const ALL_TIME_MS = 9e15;

export function answerSeries(parameters: Parameters, store: SeriesStore): HttpAnswer {
  if (parameters.all("match[]").length === 0) throw new QueryError("bad_data", "no match[] parameter provided");
  const limit = limitParameter(parameters);
  const found = seriesInWindow(parameters, store).sort((a, b) => (a.labels.key < b.labels.key ? -1 : 1));
  return limited(
    found.map((series) => series.labels.toObject()),
    limit,
  );
}

export function answerLabels(parameters: Parameters, store: SeriesStore): HttpAnswer {
  const limit = limitParameter(parameters);
  const names = new Set(
    seriesInWindow(parameters, store).flatMap((series) => series.labels.entries.map(([name]) => name)),
  );
  return limited([...names].sort(byCodeUnits), limit);
}

/** `pathName` as it stands in the path: percent-encoded, perhaps `U__`-escaped. */
export function answerLabelValues(pathName: string, parameters: Parameters, store: SeriesStore): HttpAnswer {
  const decoded = decodeURIComponent(pathName);
  if (decoded.includes("/")) return text(404, "404 page not found\n");
  const name = unescapeName(decoded);
  if (name === "") throw invalidParameter("name", `invalid label name: ${JSON.stringify(decoded)}`);
  const limit = limitParameter(parameters);
  const values = new Set(seriesInWindow(parameters, store).map((series) => series.labels.get(name)));
  values.delete("");
  return limited([...values].sort(byCodeUnits), limit);
}

export function answerExemplars(parameters: Parameters, store: SeriesStore, nowMs: number): HttpAnswer {
  const startMs = timeParameter(parameters, "start", nowMs - ALL_TIME_MS);
  const endMs = timeParameter(parameters, "end", ALL_TIME_MS);
  if (endMs < startMs) throw new QueryError("bad_data", "end timestamp must not be before start timestamp");
  const expr = parsePromql(parameters.one("query"));
  const series = new Set(selectorsIn(expr).flatMap((matchers) => store.select(matchers)));
  const data = [...series]
    .map((one) => ({
      seriesLabels: one.labels.toObject(),
      exemplars: one.exemplars
        .filter((exemplar) => exemplar.atMs >= startMs && exemplar.atMs <= endMs)
        .sort((a, b) => a.atMs - b.atMs)
        .map(({ labels, value, atMs }) => ({ labels, value: String(value), timestamp: atMs / 1000 })),
    }))
    .filter((one) => one.exemplars.length > 0);
  return success(data);
}

/** Any expression may be given; the selectors inside it are used. */
function selectorsIn(expr: Expr): (readonly Matcher[])[] {
  switch (expr.kind) {
    case "selector":
      return [expr.matchers];
    case "range":
      return [expr.selector.matchers];
    case "unary":
    case "aggregate":
      return selectorsIn(expr.operand);
    case "binary":
      return [...selectorsIn(expr.left), ...selectorsIn(expr.right)];
    case "call":
      return expr.args.flatMap(selectorsIn);
    default:
      return [];
  }
}

function seriesInWindow(parameters: Parameters, store: SeriesStore): Series[] {
  const startMs = timeParameter(parameters, "start", -ALL_TIME_MS);
  const endMs = timeParameter(parameters, "end", ALL_TIME_MS);
  if (endMs < startMs) throw invalidParameter("end", "end timestamp must not be before start timestamp");
  const selections = matchParameters(parameters);
  const chosen = selections.length === 0 ? store.all() : selections.flatMap((matchers) => store.select(matchers));
  return [...new Set(chosen)].filter((series) => series.hasSampleIn(startMs, endMs));
}

function limited(data: readonly unknown[], limit: number): HttpAnswer {
  if (limit === 0 || data.length <= limit) return success(data);
  return success(data.slice(0, limit), { warnings: [TRUNCATED] });
}

/** `U__order_2e_id` → `order.id`; a name without the prefix stays as it is. */
function unescapeName(name: string): string {
  if (!name.startsWith("U__")) return name;
  return name
    .slice(3)
    .replaceAll(/_([0-9a-fA-F]{1,6})_|__/g, (_, code: string | undefined) =>
      code === undefined ? "_" : String.fromCodePoint(Number.parseInt(code, 16)),
    );
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
