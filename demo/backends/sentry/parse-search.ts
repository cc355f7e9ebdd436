/**
 * The part of Sentry's event search that a read client sends: `key:value`, `key:"quoted"`, `!key:`, `has:key`,
 * `tags[key]:`, `is:`, free text, AND, OR, parentheses. Anything else is refused with 400, as the server does.
 * Rules: getsentry/sentry `src/sentry/api/event_search.py` (inside quotes only `\"` is an escape).
 */
import { freeTextTest, SearchError, valueTest, type SearchValue } from "./search-value";

export type SearchTest = (field: (key: string) => string | undefined) => boolean;

interface Reader {
  readonly text: string;
  at: number;
}

/** Empty text matches everything. Throws `SearchError` with Sentry's kind of message. */
export function parseSearch(text: string): SearchTest {
  const reader: Reader = { text, at: 0 };
  skipSpace(reader);
  if (reader.at >= text.length) return () => true;
  const test = parseOr(reader);
  skipSpace(reader);
  if (reader.at < text.length) throw new SearchError(`Parse error at '${text.slice(reader.at, reader.at + 10)}'`);
  return test;
}

function parseOr(reader: Reader): SearchTest {
  const parts = [parseAnd(reader)];
  while (takeWord(reader, "OR")) parts.push(parseAnd(reader));
  return (field) => parts.some((part) => part(field));
}

function parseAnd(reader: Reader): SearchTest {
  const parts = [parseTerm(reader)];
  for (;;) {
    takeWord(reader, "AND");
    skipSpace(reader);
    const rest = reader.text.slice(reader.at);
    if (rest === "" || rest.startsWith(")") || /^OR(?=[\s(])/i.test(rest)) break;
    parts.push(parseTerm(reader));
  }
  return (field) => parts.every((part) => part(field));
}

function parseTerm(reader: Reader): SearchTest {
  skipSpace(reader);
  if (reader.text[reader.at] === "(") {
    reader.at++;
    const inner = parseOr(reader);
    skipSpace(reader);
    if (reader.text[reader.at] !== ")") throw new SearchError("Invalid query: parentheses are not balanced");
    reader.at++;
    return inner;
  }
  const head = HEAD.exec(reader.text.slice(reader.at));
  if (!head) return freeText(reader);
  reader.at += head[0].length;
  const key = fieldKey(head[2] ?? "");
  const value = takeValue(reader);
  const test = key === "has" ? hasTest(value.text) : columnTest(key, value);
  return head[1] === "!" ? (field) => !test(field) : test;
}

const HEAD = /^(!?)((?:tags\[[A-Za-z0-9_.:-]+(?:,(?:string|number))?\])|[A-Za-z0-9_.-]+|"[A-Za-z0-9_.:-]+"):/;

function columnTest(key: string, value: SearchValue): SearchTest {
  const test = valueTest(key, value);
  return (field) => test(field(key));
}

function freeText(reader: Reader): SearchTest {
  const { text } = reader.text[reader.at] === '"' ? takeValue(reader) : takeWordOfText(reader);
  const test = freeTextTest(text);
  return (field) => test(field("title"));
}

function takeWordOfText(reader: Reader): { text: string } {
  const word = /^[^\s()"]+/.exec(reader.text.slice(reader.at))?.[0];
  if (word === undefined) throw new SearchError(`Parse error at '${reader.text.slice(reader.at, reader.at + 10)}'`);
  reader.at += word.length;
  return { text: word };
}

/** `tags[order_id,string]` → `tags[order_id]`; `"a:b"` → `a:b`. */
function fieldKey(raw: string): string {
  if (raw.startsWith('"')) return raw.slice(1, -1);
  return raw.replace(/,(?:string|number)\]$/, "]");
}

function hasTest(key: string): SearchTest {
  return (field) => (field(key) ?? field(`tags[${key}]`) ?? "") !== "";
}

function takeValue(reader: Reader): SearchValue {
  const rest = reader.text.slice(reader.at);
  const quoted = /^"((?:[^"\\]|\\"|\\(?!"))*)"/s.exec(rest);
  if (quoted) {
    reader.at += quoted[0].length;
    return { text: (quoted[1] ?? "").replaceAll('\\"', '"'), quoted: true };
  }
  if (rest.startsWith('"')) throw new SearchError("Invalid quote");
  const bare = /^(?:\[[^\]]*\]|[^\s()]*)/.exec(rest)?.[0] ?? "";
  if (bare === "") throw new SearchError("Empty string after a key is not allowed");
  reader.at += bare.length;
  return { text: bare, quoted: false };
}

function takeWord(reader: Reader, word: "AND" | "OR"): boolean {
  skipSpace(reader);
  const found = new RegExp(`^${word}(?=[\\s(])`, "i").exec(reader.text.slice(reader.at));
  if (found) reader.at += word.length;
  return found !== null;
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text.charAt(reader.at))) reader.at++;
}
