/** PromQL string literals follow Go's rules, not JSON's: `\/` is refused and a raw U+FFFD counts as broken UTF-8. */
import { parseError } from "./query-error";

const SIMPLE: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};
const CODED: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads the literal that starts at `at`. Out: its value and the position just behind the closing quote. Throws a parse error. */
export function readStringLiteral(query: string, at: number): { readonly value: string; readonly end: number } {
  const quote = query[at] ?? '"';
  let value = "";
  let position = at + 1;
  while (position < query.length) {
    const letter = query[position] ?? "";
    if (letter === quote) return { value, end: position + 1 };
    if (letter === "\ufffd") throw parseError(query, at, "invalid UTF-8 rune");
    if (quote !== "`" && letter === "\n") throw parseError(query, at, "unterminated quoted string");
    if (quote !== "`" && letter === "\\") {
      const escape = readEscape(query, position, at, quote);
      value += escape.value;
      position = escape.end;
    } else {
      value += letter;
      position += 1;
    }
  }
  throw parseError(query, at, quote === "`" ? "unterminated raw string" : "unterminated quoted string");
}

function readEscape(query: string, position: number, start: number, quote: string): { value: string; end: number } {
  const letter = query[position + 1] ?? "";
  if (letter === "") throw parseError(query, start, "escape sequence not terminated");
  if (letter === quote) return { value: quote, end: position + 2 };
  const simple = SIMPLE[letter];
  if (simple !== undefined) return { value: simple, end: position + 2 };
  const octal = /^[0-3][0-7]{2}/.exec(query.slice(position + 1));
  if (octal) return { value: String.fromCharCode(Number.parseInt(octal[0], 8)), end: position + 4 };
  const length = CODED[letter];
  const digits = query.slice(position + 2, position + 2 + (length ?? 0));
  if (length === undefined || !new RegExp(`^[0-9a-fA-F]{${String(length)}}$`).test(digits))
    throw unknownEscape(query, start, letter);
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
    throw parseError(query, start, "escape sequence is an invalid Unicode code point");
  return { value: String.fromCodePoint(code), end: position + 2 + length };
}

function unknownEscape(query: string, start: number, letter: string) {
  const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return parseError(query, start, `unknown escape sequence U+${code} '${letter}'`);
}
