/**
 * Lists the traces that carry a key, newest first. Tempo has no pages and no cursor, and which traces it gives when there are
 * more than the limit is up to it. So an answer that reached the limit is asked for again in two halves, and what is listed
 * whole is known to the second.
 */
import type { EpochNs } from "@/lib/domain/epoch-ns";
import type { TimeWindow } from "@/lib/domain/time-window";
import { parseKnownTraceId } from "@/lib/domain/trace-id";
import type { AskSearch, PartAnswer } from "./ask-in-parts";
import type { ByteBudget } from "./byte-budget";
import type { TempoFailure } from "./client";
import { searchWindows, slicesAt, type SearchWindow } from "./query";
import { positionOf } from "./rank-traces";
import type { FoundTrace } from "./wire";

/** A search that was sent. */
export interface SentSearch {
  readonly traceql: string;
  readonly window: TimeWindow;
}

export interface TraceList {
  /** At least one search was answered. */
  readonly answered: boolean;
  /** By id, 32 hex digits. Some may lie before `listedFromNs`. */
  readonly found: ReadonlyMap<string, FoundTrace>;
  /** The first search that found it, as an index into `sent`, by id. */
  readonly foundBy: ReadonlyMap<string, number>;
  /** Every trace at or after this instant is in `found`. */
  readonly listedFromNs: EpochNs;
  /** The slice that holds more traces than Tempo was asked for and that was not divided further. */
  readonly crowded?: TimeWindow;
  readonly failed?: { readonly failure: TempoFailure; readonly window: TimeWindow };
  readonly sent: readonly SentSearch[];
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
  const foundBy = new Map<string, number>();
  const sent: SentSearch[] = [];
  let waiting = searchWindows(window, USUAL_MAX_SECONDS);
  let listedFromNs = window.toNs;
  let answered = false;
  let splits = 0;
  const list = (why: Pick<TraceList, "crowded" | "failed"> = {}) => ({
    answered,
    found,
    foundBy,
    listedFromNs,
    sent,
    ...why,
  });
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { maxBytes, settle } = bytes.reserve(1 / 2);
    const answer = unite(await ask(next, cap + EXTRA, maxBytes), cap + EXTRA);
    settle(answer.failure === undefined ? answer.bytes : maxBytes);
    answered ||= answer.answered;
    for (const { id, trace, part } of answer.traces) {
      found.set(id, trace);
      if (!foundBy.has(id)) foundBy.set(id, sent.length + part);
    }
    for (const traceql of answer.asked) sent.push({ traceql, window: next.window });
    if (answer.failure !== undefined) {
      const narrower = narrowerWindows(answer.failure, next, waiting, window);
      if (narrower === undefined) {
        return list({ failed: { failure: answer.failure, window: { fromNs: window.fromNs, toNs: next.window.toNs } } });
      }
      waiting = narrower;
      continue;
    }
    if (answer.isFull) {
      const traces = answer.traces.map(({ trace }) => trace);
      const halves = splits++ < mostSplits ? slicesAt(next, middleOf(traces, next.window)) : [];
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

interface UnitedAnswer {
  /** Each trace once. `part` is the first part that found it. */
  readonly traces: readonly { readonly id: string; readonly trace: FoundTrace; readonly part: number }[];
  readonly asked: readonly string[];
  readonly answered: boolean;
  /** One part that reached the limit may hide traces, so all of the slice counts as not listed. */
  readonly isFull: boolean;
  /** Of the first part that failed, for the same reason. */
  readonly failure: TempoFailure | undefined;
  readonly bytes: number;
}

function unite(parts: readonly PartAnswer[], limit: number): UnitedAnswer {
  const traces = new Map<string, UnitedAnswer["traces"][number]>();
  let [answered, isFull, bytes] = [false, false, 0];
  let failure: TempoFailure | undefined;
  for (const [part, { answer }] of parts.entries()) {
    if (!answer.ok) {
      failure ??= answer.failure;
      continue;
    }
    answered = true;
    isFull ||= answer.traces.length >= limit;
    bytes += answer.bytes;
    for (const trace of answer.traces) {
      const id = parseKnownTraceId(trace.traceID);
      if (id !== undefined && !traces.has(id)) traces.set(id, { id, trace, part });
    }
  }
  return { traces: [...traces.values()], asked: parts.map(({ traceql }) => traceql), answered, isFull, failure, bytes };
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
