/** A CSV file of pages, shifts or people, read as the feed it stands for. One wrong cell refuses the whole file. Pure. */
import { parse } from "csv-parse/sync";
import { FeedPage, FeedPerson, FeedShift, type ImportKind, type OnCallFeed } from "@/lib/contract/on-call";

export interface CsvProblem {
  /** `line 3, ackedAt`: where the row begins. */
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

interface Line {
  readonly record: Readonly<Record<string, string>>;
  /** Where the record begins, counted as an editor does: a cell may go over several lines. */
  readonly line: number;
}

const LINE_ENDS = /\r\n|\n|\r/g;

function readLines(text: string): readonly Line[] | CsvProblem {
  const written = text.split(LINE_ENDS);
  const rows: { cells: string[]; line: number }[] = [];
  let line = 1;
  const passBlanks = (): void => {
    while (written[line - 1]?.trim() === "") line += 1;
  };
  passBlanks();
  try {
    parse(text, {
      bom: true,
      raw: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 100_000,
      // The header, all that may be there, and one that tells of too many.
      to: MAX_ROWS + 2,
      // The parser's own count knows where a record ends, and takes some line ends for two.
      on_record: (told: unknown) => {
        const { record, raw } = told as { record: string[]; raw: string };
        rows.push({ cells: record, line });
        line += raw.trim().match(LINE_ENDS)?.length ?? 0;
        line += 1;
        passBlanks();
        return null;
      },
    });
  } catch {
    const detail = "Expected comma-separated values with a first line of column names.";
    return { field: `file line ${String(Math.min(line, written.length))}`, detail };
  }
  const [header, ...records] = rows;
  const names = header?.cells ?? [];
  return records.map(({ cells, line: begun }) => ({
    record: Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""])),
    line: begun,
  }));
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
