/**
 * The part of Sentry's event search that a read client sends: `key:value`, `key:"quoted"`, `!key:`, `has:key`,
 * `tags[key]:`, AND, OR, parentheses, `*` wildcards. Anything else is refused with 400, as the server does.
 * Rules: getsentry/sentry `src/sentry/api/event_search.py` (inside quotes only `\"` is an escape).
 */

export type SearchTest = (field: (key: string) => string | undefined) => boolean;

export class SearchError extends Error {}

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
  const head = /^(!?)((?:tags\[[A-Za-z0-9_.:-]+(?:,(?:string|number))?\])|[A-Za-z0-9_.-]+|"[A-Za-z0-9_.:-]+"):/.exec(
    reader.text.slice(reader.at),
  );
  if (!head) throw new SearchError("Free text is not supported by the demo backend");
  reader.at += head[0].length;
  const key = fieldKey(head[2] ?? "");
  const value = takeValue(reader);
  const test = key === "has" ? hasTest(value.text) : valueTest(key, value);
  return head[1] === "!" ? (field) => !test(field) : test;
}

/** `tags[order_id,string]` → `tags[order_id]`; `"a:b"` → `a:b`. */
function fieldKey(raw: string): string {
  if (raw.startsWith('"')) return raw.slice(1, -1);
  return raw.replace(/,(?:string|number)\]$/, "]");
}

function hasTest(key: string): SearchTest {
  return (field) => (field(key) ?? field(`tags[${key}]`) ?? "") !== "";
}

function valueTest(key: string, { text, quoted }: { text: string; quoted: boolean }): SearchTest {
  if (key === "trace" && !/^[0-9a-f]{32}$/i.test(text.replaceAll("-", "")) && !text.includes("*")) {
    throw new SearchError("Invalid value for trace. Must be a valid 32 character hex string.");
  }
  if (!quoted && /^[<>[]/.test(text))
    throw new SearchError(`Operators on ${key} are not supported by the demo backend`);
  if (text === "") return (field) => (field(key) ?? "") === "";
  const pattern = wildcard(text);
  if (pattern) return (field) => pattern.test(field(key) ?? "");
  const plain = text.replaceAll("\\*", "*");
  return (field) => field(key) === plain;
}

/** A `*` after an even number of backslashes is a wildcard, even inside quotes; compared without case. */
function wildcard(text: string): RegExp | undefined {
  if (!/(?<!\\)(?:\\\\)*\*/.test(text)) return undefined;
  const source = text
    .split(/(?<!\\)\*/)
    .map((part) => part.replaceAll("\\*", "*").replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`, "is");
}

function takeValue(reader: Reader): { text: string; quoted: boolean } {
  const rest = reader.text.slice(reader.at);
  const quoted = /^"((?:[^"\\]|\\"|\\(?!"))*)"/s.exec(rest);
  if (quoted) {
    reader.at += quoted[0].length;
    return { text: (quoted[1] ?? "").replaceAll('\\"', '"'), quoted: true };
  }
  if (rest.startsWith('"')) throw new SearchError("Invalid quote");
  const bare = /^[^\s()]*/.exec(rest)?.[0] ?? "";
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
