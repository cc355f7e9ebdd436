/** Compares one search value with an event's column, by the column's type. Rules: getsentry/sentry `event_search.py`. */

/** The server's refusal of a query: answered with 400 and this text as `detail`. */
export class SearchError extends Error {}

export interface SearchValue {
  readonly text: string;
  readonly quoted: boolean;
}

type ColumnTest = (found: string | undefined) => boolean;

const NUMERIC = new Set(["issue.id", "project.id"]);
const DATES = new Set(["timestamp", "timestamp_ms", "firstSeen", "lastSeen"]);
const HEX_ID = new Set(["trace", "id"]);

/** Throws `SearchError` for a value that a typed column cannot have. */
export function valueTest(column: string, { text, quoted }: SearchValue): ColumnTest {
  // An empty value asks for events without the column.
  if (text === "") return (found) => (found ?? "") === "";
  if (NUMERIC.has(column)) return numberTest(column, { text, quoted });
  if (DATES.has(column)) return dateTest(column, { text, quoted });
  if (HEX_ID.has(column)) return hexTest(column, text);
  if (!quoted && /^\[.*\]$/s.test(text)) return anyOf(column, text);
  const pattern = wildcard(text);
  if (pattern) return (found) => pattern.test(found ?? "");
  const plain = text.replaceAll("\\*", "*");
  return (found) => found === plain;
}

/** Free text looks for its words in the title, without regard to case. */
export function freeTextTest(text: string): ColumnTest {
  const pattern = wildcard(`*${text}*`);
  return (found) => pattern?.test(found ?? "") ?? false;
}

function anyOf(column: string, text: string): ColumnTest {
  const tests = text
    .slice(1, -1)
    .split(",")
    .map((item) => valueTest(column, { text: item.trim().replace(/^"(.*)"$/s, "$1"), quoted: true }));
  return (found) => tests.some((test) => test(found));
}

function hexTest(column: string, text: string): ColumnTest {
  const id = text.replaceAll("-", "").toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(id)) throw new SearchError(`Invalid value '${text}' for '${column}' filter`);
  return (found) => found === id;
}

function numberTest(column: string, { text, quoted }: SearchValue): ColumnTest {
  if (quoted || !/^(?:>=|<=|>|<)?\d+$/.test(text)) throw new SearchError(`${column}: Invalid number: ${text}`);
  return compared(text, (value) => Number(value));
}

function dateTest(column: string, { text, quoted }: SearchValue): ColumnTest {
  const isDate = /^(?:>=|<=|>|<)?\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|\+00:00)?)?$/.test(text);
  if (quoted || !isDate || Number.isNaN(instant(text.replace(/^[<>]=?/, ""))))
    throw new SearchError(`${column}: Invalid date: ${text}. Expected +/-duration (e.g. +1h) or ISO 8601-like`);
  return compared(text, instant);
}

/** A time without zone is UTC. */
function instant(text: string): number {
  return Date.parse(!text.includes("T") || /(?:Z|\+00:00)$/.test(text) ? text : `${text}Z`);
}

function compared(text: string, read: (value: string) => number): ColumnTest {
  const [, operator = "", operand = ""] = /^(>=|<=|>|<)?(.*)$/s.exec(text) ?? [];
  const limit = read(operand);
  return (found) => {
    if (found === undefined) return false;
    const value = read(found);
    if (operator === ">") return value > limit;
    if (operator === "<") return value < limit;
    if (operator === ">=") return value >= limit;
    return operator === "<=" ? value <= limit : value === limit;
  };
}

/** A `*` after an even number of backslashes is a wildcard, even inside quotes; compared without case. */
function wildcard(text: string): RegExp | undefined {
  const parts: string[] = [""];
  for (const [piece] of text.matchAll(/(?:\\\\)*\\\*|(?:\\\\)*\*|[^]/g)) {
    const backslashes = piece.length - 1;
    if (!piece.endsWith("*")) parts[parts.length - 1] += piece;
    else if (backslashes % 2 === 1) parts[parts.length - 1] += `${piece.slice(0, -2)}*`;
    else {
      parts[parts.length - 1] += piece.slice(0, -1);
      parts.push("");
    }
  }
  if (parts.length === 1) return undefined;
  const source = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  return new RegExp(`^${source}$`, "is");
}
