/**
 * Reads one query over one window, page by page.
 *
 * Loki has no cursor, and lines may share a nanosecond, so the next page starts AT the newest instant of the last one and
 * what was seen at that instant is dropped. Stepping past it would lose the rest of the tie.
 */
import { addNs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { TimeWindow } from "@/lib/domain/time-window";
import type { LokiPageAnswer } from "./client";
import type { LokiFailure } from "./read-error";
import { countEntries, readLines, type LokiLine } from "./read-lines";

/** Asks for one page. `limit` and `maxBytes` are chosen by the pager. */
export type AskPage = (page: {
  readonly fromNs: EpochNs;
  readonly toNs: EpochNs;
  readonly limit: number;
  readonly maxBytes: number;
}) => Promise<LokiPageAnswer>;

/** What the server taught us. Shared by all queries of a source, so that it is learned once. */
export interface LearnedLimits {
  maxEntries: number;
  maxWindowNs: bigint | undefined;
}

/** What is left for one query; counted down as pages arrive. */
export interface PageBudget {
  rowsLeft: number;
  bytesLeft: number;
}

export interface PagedLines {
  /** Ascending in time, unique. */
  readonly lines: readonly LokiLine[];
  /** Everything before this instant was read. Equal to the end of the window when `stop` is absent. */
  readonly coveredToNs: EpochNs;
  readonly stop?: "rows" | "bytes" | LokiFailure;
  /** Instants that hold more lines than the server gives for one query. */
  readonly cutInstants: readonly EpochNs[];
}

const SMALLEST_PAGE = 50;
/** How much larger a page is asked for when one instant filled it. */
const TIE_GROWTH = 8;

/** Lines for which `keep` is false do not count as rows. Changes `budget` and `learned`. Rejects only if `ask` does. */
export async function pageLines(
  ask: AskPage,
  window: TimeWindow,
  budget: PageBudget,
  learned: LearnedLimits,
  keep: (line: LokiLine) => boolean,
): Promise<PagedLines> {
  const lines: LokiLine[] = [];
  const cutInstants: EpochNs[] = [];
  let cursor = window.fromNs;
  let seen = new Set<string>();
  let isTied = false;
  let limit = Math.min(learned.maxEntries, Math.max(budget.rowsLeft + 1, SMALLEST_PAGE));
  const stopped = (stop: NonNullable<PagedLines["stop"]>): PagedLines => ({
    lines,
    coveredToNs: cursor,
    stop,
    cutInstants,
  });

  const stepOver = () => {
    cutInstants.push(cursor);
    cursor = addNs(cursor, 1n);
    seen = new Set();
    isTied = false;
  };

  while (cursor < window.toNs) {
    // Half of the rest: a page that turns out too large can still be asked for again, smaller.
    const maxBytes = Math.floor(budget.bytesLeft / 2);
    if (maxBytes < 1) return stopped("bytes");
    const answer = await ask({ fromNs: cursor, toNs: window.toNs, limit, maxBytes });
    if (!answer.ok) {
      const smaller = smallerPage(answer.failure, limit, learned);
      if (answer.failure.kind === "too-large") budget.bytesLeft -= maxBytes;
      if (smaller === undefined) return stopped(answer.failure.kind === "too-large" ? "bytes" : answer.failure);
      limit = smaller;
      // A smaller page was full of this one instant already.
      if (isTied && answer.failure.kind === "too-large") stepOver();
      continue;
    }
    budget.bytesLeft -= answer.bytes;
    const page = readLines(answer.streams);
    const fresh = page.filter((line) => !seen.has(line.identity));
    for (const line of unique(fresh).filter(keep)) {
      if (budget.rowsLeft === 0) {
        cursor = line.atNs;
        return stopped("rows");
      }
      budget.rowsLeft--;
      lines.push(line);
    }
    const last = page.at(-1)?.atNs;
    if (last === undefined || countEntries(answer.streams) < limit) break;
    if (last > cursor) {
      seen = new Set();
      isTied = false;
      cursor = last;
    } else if (limit >= learned.maxEntries) {
      stepOver();
      continue;
    } else {
      isTied = true;
      limit = Math.min(learned.maxEntries, limit * TIE_GROWTH);
    }
    for (const line of page) if (line.atNs === cursor) seen.add(line.identity);
  }
  return { lines, coveredToNs: window.toNs, cutInstants };
}

/** The next page size after a refusal, or undefined when a smaller page would not help. */
function smallerPage(failure: LokiFailure, limit: number, learned: LearnedLimits): number | undefined {
  if (failure.kind === "entries-limit" && failure.max < limit) {
    learned.maxEntries = failure.max;
    return failure.max;
  }
  if (failure.kind === "too-large" && limit > SMALLEST_PAGE) return Math.max(SMALLEST_PAGE, Math.floor(limit / 8));
  return undefined;
}

function unique(lines: readonly LokiLine[]): LokiLine[] {
  return [...new Map(lines.map((line) => [line.identity, line])).values()];
}
