/** Where the value of `password=…` ends: quoted, in brackets, a cookie list, a line of YAML, an element, one word. */
import { isPlaceholder } from "./accept-text";
import type { Span } from "./span";

const BRACKET = /[[{(]/;
/** `<password>`, and no arrow. */
const ELEMENT = /[^=-]>\s*$/;
const SCHEME = /^(?:bearer|basic|digest|negotiate|token|apikey|ntlm)\s{1,4}/i;

/** In: name and separator. Out: the value without its quotes; nothing for a placeholder or a count. */
export function acceptPair(text: string, { start, end }: Span): Span[] {
  const head = text.slice(start, end);
  if (ELEMENT.test(head) && !isElement(text, start)) return [];
  if (/::?\s*$/.test(head) && text.charAt(end) === ":") return [];
  let from = end;
  while (/[=\s]/.test(text.charAt(from)) && from - end < 8 && text.charAt(from) !== "\n") from++;
  const value = readValue(text, from, head, start);
  const found = text.slice(value.start, value.end);
  if (found.trim() === "" || isPlaceholder(found.trim())) return [];
  // `tokens=350` counts something.
  return /s["'\]]{0,2}\s{0,4}[:=]/i.test(head) && /^[\d.,]+$/.test(found) ? [] : [value];
}

/** Like `acceptPair`, but a stand-in is nobody any more. */
export function acceptPersonPair(text: string, span: Span): Span[] {
  return acceptPair(text, span).filter(({ start, end }) => !/^[a-z-]{2,20}·/.test(text.slice(start, end)));
}

function isElement(text: string, start: number): boolean {
  return /<[\w:.-]{0,64}$/.test(text.slice(Math.max(0, start - 66), start));
}

function readValue(text: string, from: number, head: string, start: number): Span {
  const first = text.charAt(from);
  if (/["'`]/.test(first)) return readQuoted(text, from, first);
  if (BRACKET.test(first === "$" ? text.charAt(from + 1) : first)) return readBracketed(text, from);
  if (ELEMENT.test(head)) return { start: from, end: stopAt(/[<\n]/g, text, from) };
  if (/cookie/i.test(head)) return readCookies(text, from);
  // Its parameters are quoted, and belong together.
  if (/^digest\s/i.test(text.slice(from, from + 7)))
    return skipScheme(text, { start: from, end: stopAt(/[\n\r]/g, text, from) });
  if (/:\s*$/.test(head) && startsLine(text, start))
    return skipScheme(text, { start: from, end: stopAt(/[\n\r"]/g, text, from) });
  const word = skipScheme(text, { start: from, end: from });
  if (BRACKET.test(text.charAt(word.start))) return readBracketed(text, word.start);
  return {
    start: word.start,
    end: stopAt(/[\s"'`<]|[,;)}\]](?:[^A-Za-z0-9]|[\w.-]{1,40}[=:]|$)|&/g, text, word.start),
  };
}

/** The scheme word stays: it says how somebody signed in, not with what. */
function skipScheme(text: string, { start, end }: Span): Span {
  const scheme = SCHEME.exec(text.slice(start, start + 24));
  const from = start + (scheme?.[0].length ?? 0);
  return { start: from, end: Math.max(from, end) };
}

function readQuoted(text: string, from: number, quote: string): Span {
  const inside = skipScheme(text, { start: from + 1, end: from + 1 });
  for (let at = inside.start; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "\\") at++;
    else if (char === quote) return { start: inside.start, end: at };
  }
  return { start: inside.start, end: text.length };
}

/** To the bracket that closes the first one, or to the end. */
function readBracketed(text: string, from: number): Span {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (BRACKET.test(char)) depth++;
    else if (/[\]})]/.test(char) && --depth === 0) return { start: from, end: at + 1 };
  }
  return { start: from, end: text.length };
}

/** `a=1; b=2; Path=/`. */
function readCookies(text: string, from: number): Span {
  const pair = /[^\s;"'`]+(?:;[ \t]{0,2}|$|)/y;
  let end = from;
  pair.lastIndex = from;
  for (let found = pair.exec(text); found; found = pair.exec(text)) {
    end = pair.lastIndex;
    if (!found[0].includes(";")) break;
  }
  return { start: from, end };
}

/** The part that is looked at is longer than any indent and prefix, so its own start only counts at the start of the text. */
function startsLine(text: string, start: number): boolean {
  return /(?:^|[\n\r])[\s-]{0,20}[\w.-]{0,40}["']?$/.test(text.slice(Math.max(0, start - 64), start));
}

function stopAt(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}
