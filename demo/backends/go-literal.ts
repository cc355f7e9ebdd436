/** Go string literals, the only strings LogQL and TraceQL know (Go text/scanner and strconv.Unquote). */

export type LiteralFault =
  | "invalid char literal"
  | "invalid char escape"
  | "literal not terminated"
  | "invalid character NUL"
  | "invalid syntax";

const SIMPLE: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};
const HEX_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

export interface ScannedLiteral {
  /** Index after the closing quote. */
  readonly end: number;
  readonly value: string;
}

export interface LiteralError {
  readonly fault: LiteralFault;
  readonly at: number;
}

/** Reads the literal that opens at `from` with `"` or a back quote. Offsets are UTF-16 units into `text`. */
export function scanGoLiteral(text: string, from: number): ScannedLiteral | LiteralError {
  if (text[from] === "`") return scanRaw(text, from);
  const bytes: string[] = [];
  let at = from + 1;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') return { end: at + 1, value: bytes.join("") };
    if (char === "\n") return { fault: "literal not terminated", at: from };
    if (char === "\0") return { fault: "invalid character NUL", at: from };
    if (char !== "\\") {
      bytes.push(char);
      at += 1;
      continue;
    }
    const escape = scanEscape(text, at + 1);
    if (escape === undefined) return { fault: "invalid char escape", at: at + 1 };
    if (escape.value === undefined) return { fault: "invalid syntax", at: from };
    bytes.push(escape.value);
    at = escape.end;
  }
  return { fault: "literal not terminated", at: from };
}

function scanRaw(text: string, from: number): ScannedLiteral | LiteralError {
  const close = text.indexOf("`", from + 1);
  if (close < 0) return { fault: "literal not terminated", at: from };
  return { end: close + 1, value: text.slice(from + 1, close).replaceAll("\r", "") };
}

function scanEscape(text: string, at: number): { end: number; value: string | undefined } | undefined {
  const kind = text.charAt(at);
  const simple = SIMPLE[kind];
  if (simple !== undefined) return { end: at + 1, value: simple };
  const octal = /^[0-7]{3}/u.exec(text.slice(at, at + 3));
  if (octal !== null) return { end: at + 3, value: String.fromCodePoint(Number.parseInt(octal[0], 8)) };
  const length = HEX_LENGTHS[kind];
  if (length === undefined) return undefined;
  const digits = text.slice(at + 1, at + 1 + length);
  if (digits.length < length || !/^[0-9a-fA-F]+$/u.test(digits)) return undefined;
  const point = Number.parseInt(digits, 16);
  // strconv.Unquote refuses surrogate halves and anything past the last code point; the scanner does not.
  const legal = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  return { end: at + 1 + length, value: legal ? String.fromCodePoint(point) : undefined };
}

/** Line and column (both from 1) the way Go's scanner counts: columns are characters, not UTF-16 units. */
export function goPosition(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: [...(before.at(-1) ?? "")].length + 1 };
}
