/** Conditions inside `{ … }`: precedence and typing of Tempo 3.0 (pkg/traceql/expr.y, ast_validate.go). */
import { Refusal } from "../demo-server";
import { parseDurationNs } from "../go-duration";
import { compileRe2 } from "../re2-pattern";
import type { AttributeScope, FieldExpression, StaticValue } from "./traceql-ast";
import { KINDS, STATUSES } from "./stored-span";
import { type TraceqlToken, traceqlError } from "./traceql-tokens";

const INTRINSIC_TYPES: Readonly<Record<string, StaticValue["type"]>> = {
  "span:name": "string",
  "span:status": "status",
  "span:statusMessage": "string",
  "span:kind": "kind",
  "span:duration": "duration",
  "span:id": "string",
  "span:parentID": "string",
  "span:childCount": "int",
  "trace:id": "string",
  "trace:duration": "duration",
  "trace:rootName": "string",
  "trace:rootService": "string",
  "event:name": "string",
  "event:timeSinceStart": "duration",
  "link:traceID": "string",
  "link:spanID": "string",
  "instrumentation:name": "string",
  "instrumentation:version": "string",
  nestedSetLeft: "int",
  nestedSetRight: "int",
  nestedSetParent: "int",
};
const ALIASES: Readonly<Record<string, string>> = {
  name: "span:name",
  status: "span:status",
  statusMessage: "span:statusMessage",
  kind: "span:kind",
  duration: "span:duration",
  childCount: "span:childCount",
  rootName: "trace:rootName",
  rootServiceName: "trace:rootService",
  traceDuration: "trace:duration",
};
/** From loose to tight. `&&` and `||` bind equally and to the left. */
const LEVELS: readonly (readonly string[])[] = [
  ["&&", "||"],
  ["=", "!=", "<", "<=", ">", ">=", "=~", "!~"],
  ["+", "-"],
  ["*", "/", "%"],
  ["^"],
];
const MAX_INT = 9_223_372_036_854_775_807n;

export class TokenReader {
  readonly text: string;
  readonly #tokens: readonly TraceqlToken[];
  #at = 0;
  constructor(text: string, tokens: readonly TraceqlToken[]) {
    this.text = text;
    this.#tokens = tokens;
  }
  peek(): TraceqlToken {
    return this.#tokens[this.#at] ?? { kind: "end", text: "$end", value: "", at: this.text.length };
  }
  next(): TraceqlToken {
    const token = this.peek();
    this.#at += 1;
    return token;
  }
  isOperator(...texts: string[]): boolean {
    const { kind, text } = this.peek();
    return kind === "operator" && texts.includes(text);
  }
  expect(text: string): void {
    if (!this.isOperator(text)) throw this.unexpected();
    this.next();
  }
  unexpected(): Refusal {
    const { at, text, kind } = this.peek();
    return traceqlError(this.text, at, `syntax error: unexpected ${kind === "word" ? "IDENTIFIER" : text}`);
  }
}

export function readFieldExpression(reader: TokenReader, level = 0): FieldExpression {
  const operators = LEVELS[level];
  if (operators === undefined) return readUnary(reader);
  let left = readFieldExpression(reader, level + 1);
  while (reader.isOperator(...operators)) {
    const operator = reader.next().text;
    const right = readFieldExpression(reader, level + 1);
    left = checked({ kind: "binary", operator, left, right });
  }
  return left;
}

function readUnary(reader: TokenReader): FieldExpression {
  if (reader.isOperator("!")) {
    reader.next();
    return { kind: "not", of: readUnary(reader) };
  }
  if (reader.isOperator("-")) {
    reader.next();
    return { kind: "minus", of: readUnary(reader) };
  }
  if (reader.isOperator("(")) {
    reader.next();
    const inner = readFieldExpression(reader);
    reader.expect(")");
    return inner;
  }
  return readField(reader);
}

/** An attribute or an intrinsic or a literal. */
export function readField(reader: TokenReader): FieldExpression {
  const token = reader.peek();
  if (token.kind === "attribute") {
    reader.next();
    return { kind: "attribute", scope: scopeOf(token.text), name: token.value };
  }
  if (token.kind === "word" && literalWord(token.text) === undefined) {
    const name = ALIASES[token.text] ?? token.text;
    if (!(name in INTRINSIC_TYPES)) throw traceqlError(reader.text, token.at, `unknown identifier: ${token.text}`);
    reader.next();
    return { kind: "intrinsic", name };
  }
  return { kind: "static", value: readStatic(reader) };
}

const SCOPES: readonly AttributeScope[] = ["span", "resource", "event", "link", "instrumentation", "parent"];

function scopeOf(text: string): AttributeScope {
  return SCOPES.find((scope) => scope === text) ?? "";
}

export function readStatic(reader: TokenReader): StaticValue {
  const token = reader.next();
  if (token.kind === "string") return { type: "string", value: token.value };
  if (token.kind === "float") return { type: "float", value: Number(token.text) };
  if (token.kind === "duration") return { type: "duration", value: BigInt(parseDurationNs(token.text) ?? 0) };
  const word = token.kind === "word" ? literalWord(token.text) : undefined;
  if (word !== undefined) return word;
  if (token.kind !== "integer") {
    throw traceqlError(
      reader.text,
      token.at,
      `syntax error: unexpected ${token.kind === "word" ? "IDENTIFIER" : token.text}`,
    );
  }
  const value = BigInt(token.text);
  if (value > MAX_INT) {
    throw traceqlError(
      reader.text,
      token.at,
      `strconv.Atoi: parsing ${JSON.stringify(token.text)}: value out of range`,
    );
  }
  return { type: "int", value };
}

function literalWord(text: string): StaticValue | undefined {
  if (text === "true" || text === "false") return { type: "bool", value: text === "true" };
  if (text === "nil") return { type: "nil" };
  const status = STATUSES.findIndex((name) => name === text);
  if (status >= 0) return { type: "status", value: status };
  const kind = KINDS.findIndex((name) => name === text);
  return kind >= 0 ? { type: "kind", value: kind } : undefined;
}

function checked(expression: Extract<FieldExpression, { kind: "binary" }>): FieldExpression {
  const { operator, left, right } = expression;
  const types = [typeOf(left), typeOf(right)].map((type) => (type === "nil" ? undefined : type));
  const [leftType, rightType] = types;
  if (leftType !== undefined && rightType !== undefined && familyOf(leftType) !== familyOf(rightType)) {
    throw new Refusal(
      400,
      `invalid TraceQL query: binary operations must operate on the same type: ${textOf(left)} ${operator} ${textOf(right)}`,
    );
  }
  if (operator.includes("~") && right.kind === "static" && right.value.type === "string") {
    const source = right.value.value;
    if (compileRe2(source) === undefined) throw new Refusal(400, `invalid TraceQL query: invalid regex: \`${source}\``);
  }
  return expression;
}

/** Numbers of every sort compare with each other. */
function familyOf(type: StaticValue["type"]): string {
  return type === "int" || type === "float" || type === "duration" ? "number" : type;
}

function typeOf(field: FieldExpression): StaticValue["type"] | undefined {
  if (field.kind === "static") return field.value.type;
  if (field.kind === "intrinsic") return INTRINSIC_TYPES[field.name];
  if (field.kind === "minus") return typeOf(field.of);
  if (field.kind === "not") return "bool";
  if (field.kind !== "binary") return undefined;
  return ["+", "-", "*", "/", "%", "^"].includes(field.operator) ? typeOf(field.left) : "bool";
}

/** The way Tempo prints a field in its messages and set attributes: the oldest name, strings in back quotes. */
export function textOf(field: FieldExpression): string {
  switch (field.kind) {
    case "static":
      return field.value.type === "string"
        ? `\`${field.value.value}\``
        : "value" in field.value
          ? String(field.value.value)
          : "nil";
    case "attribute":
      return `${field.scope}.${field.name}`;
    case "intrinsic":
      return Object.entries(ALIASES).find(([, name]) => name === field.name)?.[0] ?? field.name;
    case "not":
      return `!${textOf(field.of)}`;
    case "minus":
      return `-${textOf(field.of)}`;
    case "binary":
      return `${textOf(field.left)} ${field.operator} ${textOf(field.right)}`;
  }
}
