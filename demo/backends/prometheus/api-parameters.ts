/** Parameters of a request: URL and form body together, as Go's `FormValue` reads them. */
import type { HttpQuestion } from "../serve-http";
import { invalidParameter } from "./api-answer";
import { parsePromql } from "./parse-promql";
import { parseDurationParameterMs, parseTimestampMs } from "./parse-time";
import type { Expr, Matcher } from "./promql-ast";
import { QueryError } from "./query-error";

export interface Parameters {
  one(name: string): string;
  all(name: string): string[];
  has(name: string): boolean;
}

/** A form body counts only for POST; its fields come before those of the URL. */
export function readParameters(question: HttpQuestion): Parameters {
  const all = (name: string) => [
    ...(question.method === "POST" ? question.form.getAll(name) : []),
    ...question.query.getAll(name),
  ];
  return { all, one: (name) => all(name)[0] ?? "", has: (name) => all(name).some((value) => value !== "") };
}

export function timeParameter(parameters: Parameters, name: string, fallbackMs?: number): number {
  const text = parameters.one(name);
  if (text === "" && fallbackMs !== undefined) return fallbackMs;
  const atMs = parseTimestampMs(text);
  if (atMs !== undefined) return atMs;
  const problem = `cannot parse ${JSON.stringify(text)} to a valid timestamp`;
  // Optional times carry the name twice; the two required ones of query_range do not.
  throw invalidParameter(name, fallbackMs === undefined ? problem : `invalid time value for '${name}': ${problem}`);
}

/** Milliseconds, or undefined when absent. */
export function durationParameter(parameters: Parameters, name: string, required = false): number | undefined {
  const text = parameters.one(name);
  if (text === "" && !required) return undefined;
  const ms = parseDurationParameterMs(text);
  if (ms === undefined) throw invalidParameter(name, `cannot parse ${JSON.stringify(text)} to a valid duration`);
  return ms;
}

/** Rows; 0 means without limit. */
export function limitParameter(parameters: Parameters): number {
  const text = parameters.one("limit");
  if (text === "") return 0;
  if (!/^[+-]?\d+$/.test(text))
    throw invalidParameter("limit", `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  if (Number(text) < 0) throw invalidParameter("limit", "limit must be non-negative");
  return Number(text);
}

export function queryParameter(parameters: Parameters): { readonly text: string; readonly expr: Expr } {
  const text = parameters.one("query");
  try {
    return { text, expr: parsePromql(text) };
  } catch (error) {
    if (error instanceof QueryError && error.errorType === "bad_data") throw invalidParameter("query", error.message);
    throw error;
  }
}

/** Each `match[]` is one selector; a selector that matches everything is refused. `/rules` reports parse errors without
 *  naming the parameter (`named` false). */
export function matchParameters(parameters: Parameters, named = true): (readonly Matcher[])[] {
  return parameters.all("match[]").map((text) => {
    if (/^\s*\{\s*\}\s*$/.test(text))
      throw invalidParameter("match[]", "match[] must contain at least one non-empty matcher");
    try {
      const expr = parsePromql(text);
      if (expr.kind === "selector") return expr.matchers;
    } catch (error) {
      if (named && error instanceof QueryError) throw invalidParameter("match[]", error.message);
      throw error;
    }
    throw invalidParameter("match[]", "1:1: parse error: unexpected expression, expected a selector");
  });
}
