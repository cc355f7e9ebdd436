/** A CSV file of pages, shifts or people, read as the feed it stands for. A wrong line is left out and named. Pure. */
import { parse } from "csv-parse/sync";
import {
  FeedPage,
  FeedPerson,
  FeedShift,
  type ImportKind,
  type OnCallFeed,
  type RefusedLine,
} from "@/lib/contract/on-call";

/** Nothing of the file can be read. */
export interface CsvProblem {
  /** `line 3`, or the column that nobody knows. */
  readonly field: string;
  readonly detail: string;
}

export interface ReadCsv {
  readonly feed: OnCallFeed;
  /** By line. */
  readonly refused: readonly RefusedLine[];
}

const SCHEMAS = { pages: FeedPage, shifts: FeedShift, people: FeedPerson } as const;
const NUMBERS = new Set(["step", "engagedMinutes"]);
const FLAGS = new Set(["delivered"]);
const MAX_ROWS = 5_000;

/** The first line names the columns as the feed names its fields. Empty cells are absent. */
export function readOnCallCsv(what: ImportKind, text: string): ReadCsv | CsvProblem {
  const lines = readLines(text);
  if ("detail" in lines) return lines;
  const [head, ...body] = lines;
  if (!head) return { field: "file", detail: "Expected a first line of column names." };
  const columns = Object.keys(SCHEMAS[what].shape);
  const strange = head.cells.find((name) => !columns.includes(name));
  if (strange !== undefined) {
    // Our own names only: what stands in a file may be data of people.
    return { field: `column ${String(head.cells.indexOf(strange) + 1)}`, detail: `Expected ${columns.join(", ")}.` };
  }
  if (body.length > MAX_ROWS) return { field: "file", detail: `Expected at most ${String(MAX_ROWS)} rows.` };
  const feed = { pages: [] as unknown[], shifts: [] as unknown[], people: [] as unknown[] };
  const refused: RefusedLine[] = [];
  for (const { cells, line } of body) {
    const checked = SCHEMAS[what].safeParse(recordOf(head.cells, cells));
    if (cells.length !== head.cells.length) {
      refused.push({ line, column: "", detail: `Expected ${String(head.cells.length)} cells, as in the first line.` });
    } else if (checked.success) {
      feed[what].push(checked.data);
    } else {
      const issue = checked.error.issues[0];
      refused.push({ line, column: String(issue?.path[0] ?? ""), detail: detailOf(issue?.message) });
    }
  }
  // Each was parsed by its own schema above.
  return { feed: feed as OnCallFeed, refused };
}

interface Line {
  readonly cells: readonly string[];
  /** Where the record begins, counted as an editor does: a cell may go over several lines. */
  readonly line: number;
}

const LINE_ENDS = /\r\n|\n|\r/g;

function readLines(text: string): readonly Line[] | CsvProblem {
  const written = text.split(LINE_ENDS);
  const rows: Line[] = [];
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
      relax_column_count: true,
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
    return { field: `line ${String(Math.min(line, written.length))}`, detail };
  }
  return rows;
}

function recordOf(names: readonly string[], cells: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names
      .map((name, index) => [name, cells[index] ?? ""] as const)
      .filter(([, cell]) => cell !== "")
      .map(([name, cell]) => [name, NUMBERS.has(name) ? Number(cell) : FLAGS.has(name) ? flagOf(cell) : cell]),
  );
}

const flagOf = (cell: string): boolean | string => (cell === "true" ? true : cell === "false" ? false : cell);

const detailOf = (message: string | undefined): string =>
  message?.startsWith("expected ") ? `E${message.slice(1)}.` : "Expected a value as docs/on-call-feed.md names it.";
