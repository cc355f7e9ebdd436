/**
 * Reads one query over the whole window, in one piece when the server allows it and in slices when it refuses: too long
 * a window, too many bytes, an answer that takes too long.
 */
import { addNs, durationNs } from "@/lib/domain/epoch-ns";
import type { TimeWindow } from "@/lib/domain/time-window";
import { pageLines, type AskPage, type LearnedLimits, type PageBudget, type PagedLines } from "./page-lines";
import type { LokiLine } from "./read-lines";

const DAY_NS = 86_400_000_000_000n;
/** Below this, width is not what the server objects to. */
const SMALLEST_SLICE_NS = 60_000_000_000n;
const MOST_REFUSALS = 8;

export interface WindowPart extends PagedLines {
  readonly window: TimeWindow;
}

/** One part for each slice read, in order of time. Stops at the first slice that could not be read in full. */
export async function readWindow(
  ask: AskPage,
  window: TimeWindow,
  budget: PageBudget,
  learned: LearnedLimits,
  keep: (line: LokiLine) => boolean,
): Promise<WindowPart[]> {
  const parts: WindowPart[] = [];
  const waiting = slice(window, learned.maxWindowNs);
  let refusals = 0;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const paged = await pageLines(ask, next, budget, learned, keep);
    const { stop } = paged;
    if (stop === undefined) {
      parts.push({ ...paged, window: next });
      continue;
    }
    const narrower = typeof stop === "object" && stop.kind === "too-wide" ? narrowerNs(next, stop.maxNs) : undefined;
    if (narrower === undefined || ++refusals > MOST_REFUSALS) {
      // What later slices hold is unknown: the part that stopped speaks for the rest of the window.
      parts.push({ ...paged, window: { fromNs: next.fromNs, toNs: window.toNs } });
      return parts;
    }
    // A limit the server names holds for every query; one slow answer does not.
    if (typeof stop === "object" && stop.kind === "too-wide" && stop.maxNs !== undefined)
      learned.maxWindowNs = narrower;
    const rest = { fromNs: paged.coveredToNs, toNs: next.toNs };
    if (paged.lines.length > 0) parts.push({ ...withoutStop(paged), window: { ...next, toNs: paged.coveredToNs } });
    waiting.unshift(...slice(rest, narrower));
  }
  return parts;
}

function withoutStop(paged: PagedLines): PagedLines {
  return { lines: paged.lines, coveredToNs: paged.coveredToNs, cutInstants: paged.cutInstants };
}

function narrowerNs(window: TimeWindow, serverMaxNs: bigint | undefined): bigint | undefined {
  const width = durationNs(window.fromNs, window.toNs);
  const target = serverMaxNs ?? (width > DAY_NS ? DAY_NS : width / 2n);
  return target < SMALLEST_SLICE_NS || target >= width ? undefined : target;
}

function slice(window: TimeWindow, maxNs: bigint | undefined): TimeWindow[] {
  if (maxNs === undefined) return [window];
  const slices: TimeWindow[] = [];
  for (let fromNs = window.fromNs; fromNs < window.toNs;) {
    const end = addNs(fromNs, maxNs);
    const toNs = end < window.toNs ? end : window.toNs;
    slices.push({ fromNs, toNs });
    fromNs = toNs;
  }
  return slices;
}
