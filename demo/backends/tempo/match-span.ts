/** Whether one span fulfils the conditions inside `{ … }`. Types are strict: `"3"`, `3` and `3.0` are three values. */
import { notSupported } from "../demo-server";
import { compileRe2 } from "../re2-pattern";
import { fieldValues, type TraceView } from "./field-values";
import type { StoredSpan } from "./stored-span";
import type { FieldExpression, StaticValue } from "./traceql-ast";

type Binary = Extract<FieldExpression, { kind: "binary" }>;
const FLIPPED: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

export function matchesSpan(test: FieldExpression | undefined, span: StoredSpan, view: TraceView): boolean {
  if (test === undefined) return true;
  switch (test.kind) {
    case "not":
      return !matchesSpan(test.of, span, view);
    case "binary":
      return matchesBinary(test, span, view);
    case "minus":
      return false;
    default:
      return fieldValues(test, span, view).some((value) => value.type === "bool" && value.value);
  }
}

function matchesBinary(test: Binary, span: StoredSpan, view: TraceView): boolean {
  if (test.operator === "&&") return matchesSpan(test.left, span, view) && matchesSpan(test.right, span, view);
  if (test.operator === "||") return matchesSpan(test.left, span, view) || matchesSpan(test.right, span, view);
  return matchingValues(test, span, view) !== undefined;
}

/** The values of the compared field that fulfil the condition; undefined when it does not hold. */
export function matchingValues(test: Binary, span: StoredSpan, view: TraceView): readonly StaticValue[] | undefined {
  const literalFirst = test.left.kind === "static" && test.right.kind !== "static";
  const field = literalFirst ? test.right : test.left;
  const operator = literalFirst ? (FLIPPED[test.operator] ?? test.operator) : test.operator;
  const other = operandOf(literalFirst ? test.left : test.right, span, view);
  const wanted = isTraceId(field) ? other.map(paddedId) : other;
  const values = operandOf(field, span, view);
  const [only] = wanted;
  if (only?.type === "nil") return holdsNil(operator, values) ? values : undefined;
  if (only === undefined || values.length === 0) return undefined;
  if (operator === "!=" || operator === "!~") {
    const positive = operator === "!=" ? "=" : "=~";
    const holds = !values.some((value) => wanted.some((other) => compare(value, positive, other)));
    return holds ? sameFamily(values, only) : undefined;
  }
  const found = values.filter((value) => wanted.some((other) => compare(value, operator, other)));
  return found.length === 0 ? undefined : found;
}

function isTraceId(field: FieldExpression): boolean {
  return field.kind === "intrinsic" && (field.name === "trace:id" || field.name === "link:traceID");
}

/** Leading zeros of a trace id may be left out. */
function paddedId(value: StaticValue): StaticValue {
  return value.type === "string" ? { type: "string", value: value.value.padStart(32, "0") } : value;
}

/** A value of another type is neither equal nor unequal: it sits in another column. */
function sameFamily(values: readonly StaticValue[], wanted: StaticValue): readonly StaticValue[] | undefined {
  return values.every((value) => comparable(value, wanted)) ? values : undefined;
}

function holdsNil(operator: string, values: readonly StaticValue[]): boolean {
  return operator === "=" ? values.length === 0 : operator === "!=" && values.length > 0;
}

function operandOf(field: FieldExpression, span: StoredSpan, view: TraceView): readonly StaticValue[] {
  if (field.kind === "minus") return operandOf(field.of, span, view).map(negative);
  if (field.kind === "binary") throw notSupported("arithmetic in TraceQL conditions");
  return fieldValues(field, span, view);
}

function negative(value: StaticValue): StaticValue {
  if (value.type === "int" || value.type === "duration") return { ...value, value: -value.value };
  return value.type === "float" ? { ...value, value: -value.value } : value;
}

function comparable(left: StaticValue, right: StaticValue): boolean {
  const whole = (value: StaticValue): boolean => value.type === "int" || value.type === "duration";
  return left.type === right.type || (whole(left) && whole(right));
}

export function compare(left: StaticValue, operator: string, right: StaticValue): boolean {
  if (left.type === "nil" || right.type === "nil" || !comparable(left, right)) return false;
  switch (operator) {
    case "=":
    case "==":
      return left.value === right.value;
    case "!=":
      return left.value !== right.value;
    case "<":
      return left.value < right.value;
    case "<=":
      return left.value <= right.value;
    case ">":
      return left.value > right.value;
    case ">=":
      return left.value >= right.value;
    case "=~":
      return compileRe2(String(right.value))?.matchesAll(String(left.value)) ?? false;
    default:
      return false;
  }
}
