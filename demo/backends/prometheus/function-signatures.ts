/** Argument and result types of the functions the demo evaluates, and the names Prometheus 3.5 knows beyond them. */
import type { ExprType } from "./promql-ast";

export interface FunctionSignature {
  readonly args: readonly ExprType[];
  /** How many of the last arguments may be left out. */
  readonly optional: number;
  readonly returns: ExprType;
}

const V = "instant vector";
const R = "range vector";
const S = "scalar";
const T = "string";
const signature = (args: readonly ExprType[], returns: ExprType = V, optional = 0): FunctionSignature => ({
  args,
  optional,
  returns,
});
const each = (names: string, made: FunctionSignature): [string, FunctionSignature][] =>
  names.split(" ").map((name) => [name, made]);

export const FUNCTIONS: ReadonlyMap<string, FunctionSignature> = new Map([
  ...each("rate increase irate delta idelta changes resets absent_over_time present_over_time", signature([R])),
  ...each("sum_over_time avg_over_time min_over_time max_over_time count_over_time last_over_time", signature([R])),
  ...each("abs ceil floor sqrt exp ln absent timestamp sort sort_desc", signature([V])),
  ...each("clamp_min clamp_max", signature([V, S])),
  ["quantile_over_time", signature([S, R])],
  ["round", signature([V, S], V, 1)],
  ["clamp", signature([V, S, S])],
  ["histogram_quantile", signature([S, V])],
  ["vector", signature([S])],
  ["scalar", signature([V], S)],
  ["time", signature([], S)],
  ["label_replace", signature([V, T, T, T, T])],
]);

/** Real functions that the demo refuses with 422 instead of pretending they do not exist. */
export const KNOWN_BUT_UNSUPPORTED: ReadonlySet<string> = new Set(
  (
    "acos acosh asin asinh atan atanh cos cosh day_of_month day_of_week day_of_year days_in_month deg deriv " +
    "histogram_avg histogram_count histogram_fraction histogram_stddev histogram_stdvar histogram_sum hour label_join log10 log2 minute " +
    "month pi predict_linear rad sgn sin sinh stddev_over_time stdvar_over_time tan tanh year"
  ).split(" "),
);

/** Operator words that may stand before a parenthesis without being a function. */
export const WORDS_BEFORE_PARENTHESES: ReadonlySet<string> = new Set(
  (
    "sum avg min max count group stddev stdvar topk bottomk quantile count_values limitk limit_ratio by without on ignoring group_left " +
    "group_right and or unless bool atan2 offset start end inf nan"
  ).split(" "),
);
