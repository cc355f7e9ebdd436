/** The part of PromQL the demo evaluates, as plain data. `from` is the position in the query text, for error messages. */
export interface Matcher {
  readonly name: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
  readonly matches: (text: string) => boolean;
}
export interface SelectorExpr {
  readonly kind: "selector";
  readonly from: number;
  readonly matchers: readonly Matcher[];
  readonly offsetMs: number;
  readonly atMs?: number;
}
export interface RangeExpr {
  readonly kind: "range";
  readonly from: number;
  readonly selector: SelectorExpr;
  readonly rangeMs: number;
}
export interface Matching {
  readonly on: boolean;
  readonly labels: readonly string[];
  readonly many: "none" | "left" | "right";
  readonly include: readonly string[];
}
export interface BinaryExpr {
  readonly kind: "binary";
  readonly from: number;
  readonly op: string;
  readonly bool: boolean;
  readonly matching: Matching;
  readonly left: Expr;
  readonly right: Expr;
}
export interface AggregateExpr {
  readonly kind: "aggregate";
  readonly from: number;
  readonly op: string;
  readonly parameter?: Expr;
  readonly operand: Expr;
  readonly without: boolean;
  readonly labels: readonly string[];
}
export interface CallExpr {
  readonly kind: "call";
  readonly from: number;
  readonly name: string;
  readonly args: readonly Expr[];
}
export type Expr =
  | { readonly kind: "number"; readonly from: number; readonly value: number }
  | { readonly kind: "string"; readonly from: number; readonly value: string }
  | { readonly kind: "unary"; readonly from: number; readonly negative: boolean; readonly operand: Expr }
  | SelectorExpr
  | RangeExpr
  | BinaryExpr
  | AggregateExpr
  | CallExpr;

export type ExprType = "scalar" | "string" | "instant vector" | "range vector";

export const COMPARISONS: ReadonlySet<string> = new Set(["==", "!=", ">", "<", ">=", "<="]);
export const SET_OPERATORS: ReadonlySet<string> = new Set(["and", "or", "unless"]);
