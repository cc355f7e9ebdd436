/** Finds the traces that carry a key: one TraceQL search for each slice of the window, newest first. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";
import { parseKnownTraceId } from "@/lib/domain/trace-id";
import type { ByteBudget } from "./byte-budget";
import type { SearchAnswer } from "./client";
import { failureGap, plainGap } from "./gaps";
import { searchWindows, type SearchWindow } from "./query";
import type { FoundTrace } from "./wire";

export interface FoundTraces {
  /** At least one search was answered. */
  readonly answered: boolean;
  /** Newest first, unique, 32 hex digits, at most `cap`. */
  readonly traceIds: readonly string[];
  readonly gaps: readonly EvidenceGap[];
  /** Searches sent. */
  readonly searched: readonly SearchWindow[];
}

export type AskSearch = (window: SearchWindow, limit: number, maxBytes: number) => Promise<SearchAnswer>;

/** Tempo's default `query_frontend.search.max_duration`: 168 h. */
const USUAL_MAX_SECONDS = 168 * 3600;
/** Asking for more than will be fetched shows whether there is more. Tempo has no pages. */
const EXTRA = 30;

export async function searchTraces(
  ask: AskSearch,
  source: SourceId,
  window: TimeWindow,
  cap: number,
  bytes: ByteBudget,
): Promise<FoundTraces> {
  const found = new Map<string, FoundTrace>();
  const searched: SearchWindow[] = [];
  const gaps: EvidenceGap[] = [];
  let waiting = searchWindows(window, USUAL_MAX_SECONDS);
  let answered = false;
  let more = false;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    searched.push(next);
    const { maxBytes, settle } = bytes.reserve(1 / 2);
    const answer = await ask(next, cap + EXTRA, maxBytes);
    settle(answer.ok ? answer.bytes : maxBytes);
    if (!answer.ok) {
      const narrower = narrowerWindows(answer, next, waiting, window);
      if (narrower !== undefined) {
        waiting = narrower;
        continue;
      }
      gaps.push(failureGap(source, answer.failure, { fromNs: window.fromNs, toNs: next.window.toNs }));
      break;
    }
    answered = true;
    more ||= answer.traces.length >= cap + EXTRA;
    for (const trace of answer.traces) {
      const id = parseKnownTraceId(trace.traceID);
      if (id !== undefined) found.set(id, trace);
    }
    if (found.size > cap && waiting.length > 0) {
      more = true;
      break;
    }
  }
  const traceIds = [...found].sort(newestFirst).map(([id]) => id);
  if (more || traceIds.length > cap)
    gaps.push(moreTraces(source, window, Math.min(cap, traceIds.length), more, traceIds));
  return { answered, traceIds: traceIds.slice(0, cap), gaps, searched };
}

/** The same slice and those after it, cut to the length this tenant may search. */
function narrowerWindows(
  answer: SearchAnswer & { ok: false },
  refused: SearchWindow,
  waiting: readonly SearchWindow[],
  window: TimeWindow,
): SearchWindow[] | undefined {
  const { failure } = answer;
  if (failure.kind !== "range-too-long") return undefined;
  if (failure.maxSeconds >= refused.endSeconds - refused.startSeconds) return undefined;
  const fromNs = waiting.at(-1)?.window.fromNs ?? refused.window.fromNs;
  return searchWindows(
    { fromNs: fromNs > window.fromNs ? fromNs : window.fromNs, toNs: refused.window.toNs },
    failure.maxSeconds,
  );
}

function moreTraces(
  source: SourceId,
  window: TimeWindow,
  shown: number,
  unknownTotal: boolean,
  all: readonly string[],
): EvidenceGap {
  const detail = "More traces carry this than one question looks at. The newest are shown.";
  return plainGap(source, "truncated", detail, window, { shown, ...(!unknownTotal && { total: all.length }) });
}

function newestFirst([idA, a]: [string, FoundTrace], [idB, b]: [string, FoundTrace]): number {
  const [left, right] = [startOf(a) + idA, startOf(b) + idB];
  return left < right ? 1 : left > right ? -1 : 0;
}

function startOf(trace: FoundTrace): string {
  return (trace.startTimeUnixNano ?? "").padStart(19, "0");
}
