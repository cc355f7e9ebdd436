/**
 * Lists the traces that carry a key, newest first. Tempo has no pages and no cursor, and which traces it gives when there are
 * more than the limit is up to it. So an answer that reached the limit is asked for again in two halves, and what is listed
 * whole is known to the second.
 */
import type { EpochNs } from "@/lib/domain/epoch-ns";
import type { TimeWindow } from "@/lib/domain/time-window";
import { parseKnownTraceId } from "@/lib/domain/trace-id";
import type { ByteBudget } from "./byte-budget";
import type { SearchAnswer, TempoFailure } from "./client";
import { searchWindows, slicesAt, type SearchWindow } from "./query";
import { positionOf } from "./rank-traces";
import type { FoundTrace } from "./wire";

export type AskSearch = (window: SearchWindow, limit: number, maxBytes: number) => Promise<SearchAnswer>;

export interface TraceList {
  /** At least one search was answered. */
  readonly answered: boolean;
  /** By id, 32 hex digits. Some may lie before `listedFromNs`. */
  readonly found: ReadonlyMap<string, FoundTrace>;
  /** Every trace at or after this instant is in `found`. */
  readonly listedFromNs: EpochNs;
  /** The slice that holds more traces than Tempo was asked for and that was not divided further. */
  readonly crowded?: TimeWindow;
  readonly failed?: { readonly failure: TempoFailure; readonly window: TimeWindow };
  /** Searches sent. */
  readonly searched: readonly SearchWindow[];
}

/** Tempo's default `query_frontend.search.max_duration`: 168 h. */
const USUAL_MAX_SECONDS = 168 * 3600;
/** Asking for more than will be fetched shows whether there is more. */
const EXTRA = 30;
/** A search that reaches its limit ends early, so dividing costs little; but not for ever. */
const MOST_SPLITS = 6;

/** Stops once more than `cap` traces are known for sure to be the newest. `window` is in whole seconds. */
export async function listTraces(
  ask: AskSearch,
  window: TimeWindow,
  cap: number,
  bytes: ByteBudget,
  mostSplits = MOST_SPLITS,
): Promise<TraceList> {
  const found = new Map<string, FoundTrace>();
  const searched: SearchWindow[] = [];
  let waiting = searchWindows(window, USUAL_MAX_SECONDS);
  let listedFromNs = window.toNs;
  let answered = false;
  let splits = 0;
  const list = (why: Pick<TraceList, "crowded" | "failed"> = {}) => ({
    answered,
    found,
    listedFromNs,
    searched,
    ...why,
  });
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    searched.push(next);
    const { maxBytes, settle } = bytes.reserve(1 / 2);
    const answer = await ask(next, cap + EXTRA, maxBytes);
    settle(answer.ok ? answer.bytes : maxBytes);
    if (!answer.ok) {
      const narrower = narrowerWindows(answer.failure, next, waiting, window);
      if (narrower === undefined) {
        return list({ failed: { failure: answer.failure, window: { fromNs: window.fromNs, toNs: next.window.toNs } } });
      }
      waiting = narrower;
      continue;
    }
    answered = true;
    for (const trace of answer.traces) {
      const id = parseKnownTraceId(trace.traceID);
      if (id !== undefined) found.set(id, trace);
    }
    if (answer.traces.length >= cap + EXTRA) {
      const halves = splits++ < mostSplits ? slicesAt(next, middleOf(answer.traces, next.window)) : [];
      if (halves.length === 0) return list({ crowded: next.window });
      waiting.unshift(...halves);
      continue;
    }
    listedFromNs = next.window.fromNs;
    const sure = [...found.values()].filter((trace) => positionOf(trace, window) >= listedFromNs);
    if (sure.length > cap) return list();
  }
  return list();
}

/** The same slice and those after it, cut to the length this tenant may search. */
function narrowerWindows(
  failure: TempoFailure,
  refused: SearchWindow,
  waiting: readonly SearchWindow[],
  window: TimeWindow,
): SearchWindow[] | undefined {
  if (failure.kind !== "range-too-long") return undefined;
  if (failure.maxSeconds >= refused.endSeconds - refused.startSeconds) return undefined;
  const fromNs = waiting.at(-1)?.window.fromNs ?? refused.window.fromNs;
  return searchWindows(
    { fromNs: fromNs > window.fromNs ? fromNs : window.fromNs, toNs: refused.window.toNs },
    failure.maxSeconds,
  );
}

/** Half of what was found lies on either side of it. */
function middleOf(traces: readonly FoundTrace[], window: TimeWindow): EpochNs {
  const positions = traces.map((trace) => positionOf(trace, window)).sort();
  return positions[Math.floor(positions.length / 2)] ?? window.fromNs;
}
