/** Words of a TraceQL text, as Tempo's lexer cuts them (Go text/scanner with its own rule for attribute names). */
import { Refusal } from "../demo-server";
import { goPosition, scanGoLiteral } from "../go-literal";

export interface TraceqlToken {
  readonly kind: "string" | "integer" | "float" | "duration" | "attribute" | "word" | "operator" | "end";
  /** Operator, word, number as written; for an attribute its scope. */
  readonly text: string;
  /** String value, or attribute name. */
  readonly value: string;
  readonly at: number;
}

const SCOPE = /^(?:span|resource|event|link|instrumentation|parent|)\.(?=[^\s{}()=~!<>&|^,])/u;
const DURATION = /^(?:[0-9]+(?:\.[0-9]+)?(?:ns|us|µs|ms|s|m|h|d))+(?![A-Za-z0-9_])/u;
const NUMBER = /^(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]+)?/u;
const WORD = /^[A-Za-z_][A-Za-z0-9_]*(?::[A-Za-z]+)?/u;
const OPERATOR = /^(?:&>>|&<<|&>|&<|&~|!>>|!<<|!>|!<(?![=])|!~|=~|!=|<=|>=|<<|>>|&&|\|\||[{}()|=<>!+\-*/%^~,[\]])/u;
const SKIPPED = /^(?:\s+|\/\/[^\n]*|\/\*.*?\*\/)/su;

export function traceqlTokens(text: string): TraceqlToken[] {
  const tokens: TraceqlToken[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at, at + 400);
    const skipped = SKIPPED.exec(rest);
    if (skipped !== null) {
      at += skipped[0].length;
      continue;
    }
    const token = tokenAt(text, rest, at);
    tokens.push(token.token);
    at = token.end;
  }
  return [...tokens, { kind: "end", text: "$end", value: "", at: text.length }];
}

interface Cut {
  readonly token: TraceqlToken;
  readonly end: number;
}

function tokenAt(text: string, rest: string, at: number): Cut {
  const quote = rest.charAt(0);
  if (quote === '"' || quote === "`") return stringAt(text, at);
  if (quote === "'") throw traceqlError(text, at, "invalid char literal");
  const scope = /^\.[0-9]/u.test(rest) ? null : SCOPE.exec(rest);
  if (scope !== null) return attributeAt(text, scope[0], at);
  const shapes = [
    ["duration", DURATION],
    ["float", NUMBER],
    ["word", WORD],
    ["operator", OPERATOR],
  ] as const;
  for (const [kind, shape] of shapes) {
    const found = shape.exec(rest)?.[0];
    if (found === undefined) continue;
    const exact = kind === "float" && /^[0-9]+$/u.test(found) ? "integer" : kind;
    return { token: { kind: exact, text: found, value: found, at }, end: at + found.length };
  }
  throw traceqlError(text, at, `syntax error: unexpected ${quote}`);
}

function stringAt(text: string, at: number): Cut {
  const literal = scanGoLiteral(text, at);
  if ("fault" in literal) throw traceqlError(text, at, literal.fault);
  return { token: { kind: "string", text: "STRING", value: literal.value, at }, end: literal.end };
}

/** Names end at blanks and operator signs, except inside quotes, where only `\"` and `\\` are escapes. */
function attributeAt(text: string, scope: string, at: number): Cut {
  let end = at + scope.length;
  let name = "";
  while (end < text.length && !/[\s{}()=~!<>&|^,]/u.test(text.charAt(end))) {
    if (text.charAt(end) !== '"') {
      name += text.charAt(end);
      end += 1;
      continue;
    }
    const quoted = /^"((?:[^"\\]|\\["\\])*)"/u.exec(text.slice(end));
    if (quoted === null) throw quoteError(text.slice(end));
    name += (quoted[1] ?? "").replace(/\\(["\\])/gu, "$1");
    end += quoted[0].length;
  }
  return { token: { kind: "attribute", text: scope.slice(0, -1), value: name, at }, end };
}

function quoteError(rest: string): Refusal {
  const isEscape = /^"(?:[^"\\]|\\["\\])*\\[^"\\]/u.test(rest);
  const fault = isEscape ? "invalid escape sequence" : 'unexpected EOF, expecting "';
  return new Refusal(400, `invalid TraceQL query: parse error at line 0, col 3: ${fault}`);
}

export function traceqlError(text: string, at: number, fault: string): Refusal {
  const { line, column } = goPosition(text, at);
  return new Refusal(
    400,
    `invalid TraceQL query: parse error at line ${String(line)}, col ${String(column)}: ${fault}`,
  );
}
