/** Binary operators: scalars, vectors with scalars, and vector matching (promql/engine.go VectorBinop). */
import { refuseDuplicates, type Evaluation, type Sample, type Value } from "./evaluation";
import { EMPTY_LABELS, METRIC_NAME, type LabelSet } from "./label-set";
import { COMPARISONS, SET_OPERATORS, type BinaryExpr } from "./promql-ast";
import { QueryError } from "./query-error";

export function evaluateBinary(expr: BinaryExpr, atMs: number, evaluation: Evaluation): Value {
  const left = evaluation.evaluate(expr.left, atMs);
  const right = evaluation.evaluate(expr.right, atMs);
  if (left.type === "scalar" && right.type === "scalar")
    return { type: "scalar", value: calculate(expr.op, left.value, right.value) };
  if (left.type === "vector" && right.type === "vector") {
    if (SET_OPERATORS.has(expr.op)) return { type: "vector", samples: combineSets(expr, left.samples, right.samples) };
    return { type: "vector", samples: matchVectors(expr, left.samples, right.samples) };
  }
  if (left.type === "vector" && right.type === "scalar")
    return withScalar(expr, left.samples, (value) => [value, right.value]);
  if (left.type === "scalar" && right.type === "vector")
    return withScalar(expr, right.samples, (value) => [left.value, value]);
  return { type: "vector", samples: [] };
}

function withScalar(expr: BinaryExpr, samples: readonly Sample[], sides: (value: number) => [number, number]): Value {
  const kept: Sample[] = [];
  for (const sample of samples) {
    const [left, right] = sides(sample.value);
    const value = resultOf(expr, left, right, sample.value);
    if (value !== undefined) kept.push({ labels: nameless(expr, sample.labels), value });
  }
  return { type: "vector", samples: refuseDuplicates(kept) };
}

/** A comparison without `bool` filters: undefined drops the sample, otherwise the kept side's value stays. */
function resultOf(expr: BinaryExpr, left: number, right: number, kept: number): number | undefined {
  const result = calculate(expr.op, left, right);
  if (!COMPARISONS.has(expr.op) || expr.bool) return result;
  return result === 1 ? kept : undefined;
}

function nameless(expr: BinaryExpr, labels: LabelSet): LabelSet {
  return COMPARISONS.has(expr.op) && !expr.bool ? labels : labels.drop([METRIC_NAME]);
}

function calculate(op: string, left: number, right: number): number {
  switch (op) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
    case "^":
      return left ** right;
    case "==":
      return left === right ? 1 : 0;
    case "!=":
      return left !== right ? 1 : 0;
    case ">":
      return left > right ? 1 : 0;
    case "<":
      return left < right ? 1 : 0;
    case ">=":
      return left >= right ? 1 : 0;
    default:
      return left <= right ? 1 : 0;
  }
}

function signature(expr: BinaryExpr, labels: LabelSet): LabelSet {
  return expr.matching.on ? labels.keep(expr.matching.labels) : labels.drop([...expr.matching.labels, METRIC_NAME]);
}

function combineSets(expr: BinaryExpr, left: readonly Sample[], right: readonly Sample[]): Sample[] {
  const keysOf = (samples: readonly Sample[]) => new Set(samples.map((sample) => signature(expr, sample.labels).key));
  if (expr.op === "or") {
    const known = keysOf(left);
    return [...left, ...right.filter((sample) => !known.has(signature(expr, sample.labels).key))];
  }
  const known = keysOf(right);
  return left.filter((sample) => known.has(signature(expr, sample.labels).key) === (expr.op === "and"));
}

function matchVectors(expr: BinaryExpr, left: readonly Sample[], right: readonly Sample[]): Sample[] {
  const swapped = expr.matching.many === "right";
  const ones = indexOnes(expr, swapped ? left : right, swapped ? "left" : "right");
  const results: Sample[] = [];
  const seen = new Set<string>();
  for (const many of swapped ? right : left) {
    const key = signature(expr, many.labels).key;
    const one = ones.get(key);
    if (!one) continue;
    const [leftValue, rightValue] = swapped ? [one.value, many.value] : [many.value, one.value];
    const value = resultOf(expr, leftValue, rightValue, leftValue);
    if (value === undefined) continue;
    const labels = resultLabels(expr, many.labels, one.labels);
    const identity = expr.matching.many === "none" ? key : labels.key;
    if (seen.has(identity)) throw new QueryError("execution", ambiguity(expr));
    seen.add(identity);
    results.push({ labels, value });
  }
  return results;
}

function indexOnes(expr: BinaryExpr, samples: readonly Sample[], side: string): Map<string, Sample> {
  const ones = new Map<string, Sample>();
  for (const sample of samples) {
    const group = signature(expr, sample.labels);
    const known = ones.get(group.key);
    if (known)
      throw new QueryError(
        "execution",
        `found duplicate series for the match group ${group.toString()} on the ${side} hand-side of the operation: ` +
          `[${sample.labels.toString()}, ${known.labels.toString()}];many-to-many matching not allowed: matching labels must be unique on one side`,
      );
    ones.set(group.key, sample);
  }
  return ones;
}

function ambiguity(expr: BinaryExpr): string {
  return expr.matching.many === "none"
    ? "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)"
    : "multiple matches for labels: grouping labels must ensure unique matches";
}

function resultLabels(expr: BinaryExpr, many: LabelSet, one: LabelSet): LabelSet {
  const base = nameless(expr, many);
  if (expr.matching.many === "none")
    return expr.matching.on
      ? expr.matching.labels.length === 0
        ? EMPTY_LABELS
        : base.keep(expr.matching.labels)
      : base.drop(expr.matching.labels);
  return expr.matching.include.reduce((labels, name) => labels.with(name, one.get(name)), base);
}
