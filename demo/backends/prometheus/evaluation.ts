/** What an evaluation carries, and the small readings of an operand that operators and functions share. */
import type { LabelSet } from "./label-set";
import type { Expr, SelectorExpr } from "./promql-ast";
import { QueryError } from "./query-error";
import type { Series, SeriesStore } from "./series-store";

export interface Sample {
  readonly labels: LabelSet;
  readonly value: number;
  /** Time of the raw sample, only behind a plain selector (for `timestamp()`). */
  readonly atMs?: number;
}
export interface RangeSamples {
  readonly labels: LabelSet;
  readonly times: readonly number[];
  readonly values: readonly number[];
}
export type Value =
  | { readonly type: "scalar"; readonly value: number }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "vector"; readonly samples: readonly Sample[] }
  | {
      readonly type: "matrix";
      readonly series: readonly RangeSamples[];
      readonly startMs: number;
      readonly endMs: number;
    };

export interface Evaluation {
  readonly query: string;
  readonly store: SeriesStore;
  readonly lookbackMs: number;
  /** Series of each selector, read once per query. */
  readonly selected: Map<SelectorExpr, readonly Series[]>;
  readonly warnings: Set<string>;
  readonly infos: Set<string>;
  /** `evaluate` itself: handed over, because operators and functions evaluate their operands. */
  readonly evaluate: (expr: Expr, atMs: number) => Value;
}

export function vectorOf(expr: Expr, atMs: number, evaluation: Evaluation): readonly Sample[] {
  const value = evaluation.evaluate(expr, atMs);
  return value.type === "vector" ? value.samples : [];
}

export function scalarOf(expr: Expr, atMs: number, evaluation: Evaluation): number {
  const value = evaluation.evaluate(expr, atMs);
  return value.type === "scalar" ? value.value : NaN;
}

export function refuseDuplicates(samples: readonly Sample[]): readonly Sample[] {
  if (new Set(samples.map((sample) => sample.labels.key)).size !== samples.length)
    throw new QueryError("execution", "vector cannot contain metrics with the same labelset");
  return samples;
}
