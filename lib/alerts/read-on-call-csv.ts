/** A CSV file of pages, shifts or people, read as the feed it stands for. One wrong cell refuses the whole file. Pure. */
import { parse, CsvError } from "csv-parse/sync";
import { FeedPage, FeedPerson, FeedShift, type ImportKind, type OnCallFeed } from "@/lib/contract/on-call";

export interface CsvProblem {
  /** `line 3, ackedAt`. */
  readonly field: string;
  readonly detail: string;
}

const SCHEMAS = { pages: FeedPage, shifts: FeedShift, people: FeedPerson } as const;
const NUMBERS = new Set(["step", "engagedMinutes"]);
const FLAGS = new Set(["delivered"]);
const MAX_ROWS = 5_000;

/** The first line names the columns as the feed names its fields. Empty cells are absent. */
export function readOnCallCsv(what: ImportKind, text: string): OnCallFeed | CsvProblem {
  const lines = readLines(text);
  if ("detail" in lines) return lines;
  if (lines.length > MAX_ROWS) return { field: "file", detail: `Expected at most ${String(MAX_ROWS)} rows.` };
  const feed = { pages: [] as unknown[], shifts: [] as unknown[], people: [] as unknown[] };
  for (const { record, line } of lines) {
    const checked = SCHEMAS[what].safeParse(cellsOf(record));
    if (!checked.success) {
      const issue = checked.error.issues[0];
      return { field: `line ${String(line)}${columnOf(issue)}`, detail: detailOf(issue?.message) };
    }
    feed[what].push(checked.data);
  }
  // Each was parsed by its own schema above.
  return feed as OnCallFeed;
}

type Line = { readonly record: Readonly<Record<string, string>>; readonly line: number };

function readLines(text: string): readonly Line[] | CsvProblem {
  try {
    const rows: unknown = parse(text, {
      bom: true,
      columns: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 100_000,
    });
    return (rows as { record: Record<string, string>; info: { lines: number } }[]).map(({ record, info }) => ({
      record,
      line: info.lines,
    }));
  } catch (error) {
    const line = error instanceof CsvError && "lines" in error ? ` line ${String(error.lines)}` : "";
    return { field: `file${line}`, detail: "Expected comma-separated values with a first line of column names." };
  }
}

function cellsOf(record: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, cell]) => cell !== "")
      .map(([name, cell]) => [name, NUMBERS.has(name) ? Number(cell) : FLAGS.has(name) ? flagOf(cell) : cell]),
  );
}

const flagOf = (cell: string): boolean | string => (cell === "true" ? true : cell === "false" ? false : cell);

function columnOf(issue: { path: PropertyKey[]; code: string; keys?: unknown } | undefined): string {
  const [unknownColumn] = Array.isArray(issue?.keys) ? issue.keys : [];
  const name = issue?.path[0] ?? unknownColumn;
  return name === undefined ? "" : `, ${String(name)}`;
}

const detailOf = (message: string | undefined): string =>
  message?.startsWith("expected ")
    ? `E${message.slice(1)}.`
    : "Expected a column and value as docs/on-call-feed.md names them.";
