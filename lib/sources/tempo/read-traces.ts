/** Fetches whole traces, a few at a time, within one allowance of rows and bytes. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import { keyId } from "@/lib/domain/correlation-key";
import { addNs } from "@/lib/domain/epoch-ns";
import type { SourceId } from "@/lib/domain/source-id";
import { isInWindow, type TimeWindow } from "@/lib/domain/time-window";
import type { EventLink, TimelineEvent } from "@/lib/domain/timeline-event";
import { absentTraceGap } from "./absent-trace";
import type { ByteBudget } from "./byte-budget";
import type { TraceAnswer } from "./client";
import { failureGap, plainGap } from "./gaps";
import { normalizeTrace } from "./normalize";

export interface TracesRead {
  /** How many requests were answered, "no such trace" included. */
  readonly answered: number;
  readonly events: readonly TimelineEvent[];
  readonly gaps: readonly EvidenceGap[];
}

export interface ReadTracesOptions {
  readonly source: SourceId;
  readonly window: TimeWindow;
  readonly maxRows: number;
  readonly bytes: ByteBudget;
  /** False when the window may be a part of the asked one, as in the rest of a search. */
  readonly isWholeWindow: boolean;
  /** By trace id, the query that found the trace; its spans say so. */
  readonly foundBy: ReadonlyMap<string, number>;
  /** What a question about one trace alone may read. */
  readonly maxBytes: number;
  readonly keptMs: number | undefined;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  readonly linksOf: (traceId: string) => readonly EventLink[];
}

export type AskTrace = (traceId: string, maxBytes: number) => Promise<TraceAnswer>;

interface OneTrace {
  readonly traceId: string;
  readonly answered: boolean;
  readonly events: readonly TimelineEvent[];
  readonly gaps: readonly EvidenceGap[];
}

const AT_A_TIME = 4;

export async function readTraces(
  ask: AskTrace,
  options: ReadTracesOptions,
  traceIds: readonly string[],
): Promise<TracesRead> {
  const traces: OneTrace[] = [];
  const waiting = [...traceIds];
  const share = 1 / Math.max(1, Math.min(AT_A_TIME, traceIds.length));
  const worker = async () => {
    for (let traceId = waiting.shift(); traceId !== undefined; traceId = waiting.shift()) {
      const { maxBytes, settle } = options.bytes.reserve(share);
      const answer = await ask(traceId, maxBytes);
      settle(answer.ok ? answer.bytes : maxBytes);
      traces.push(toTrace(traceId, answer, options, maxBytes < options.maxBytes));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return withinRows(traces, options);
}

/** `isShared`: the trace had to share its bytes with others, and may fit when it is asked for alone. */
function toTrace(traceId: string, answer: TraceAnswer, options: ReadTracesOptions, isShared: boolean): OneTrace {
  const { source, window, linksOf } = options;
  const keys = [keyId({ kind: "trace", value: traceId })];
  if (!answer.ok) {
    const gap = { ...failureGap(source, answer.failure, window), keys };
    const isTooLarge = answer.failure.kind === "http" && answer.failure.http.kind === "too-large";
    const continuation = isTooLarge && isShared ? { continuation: aloneRequest(traceId, window) } : {};
    return { traceId, answered: false, events: [], gaps: [{ ...gap, ...continuation }] };
  }
  if (!answer.found) {
    return { traceId, answered: true, events: [], gaps: [{ ...absentTraceGap(options), keys }] };
  }
  const { events: read, unreadable } = normalizeTrace(source, traceId, answer.resourceSpans, linksOf(traceId));
  const fetchedBy = options.foundBy.get(traceId);
  const events = fetchedBy === undefined ? read : read.map((event) => ({ ...event, fetchedBy }));
  const gaps: EvidenceGap[] = [];
  if (answer.partial) {
    const detail = "The trace store says that this trace is incomplete: it is larger than it hands out.";
    gaps.push({ ...plainGap(source, "partial", detail, window, { shown: events.length }), keys });
  }
  if (unreadable > 0) {
    const detail = "Some spans of the trace have no usable id or time and are left out.";
    const counts = { shown: events.length, total: events.length + unreadable };
    gaps.push({ ...plainGap(source, "bad-response", detail, window, counts), keys });
  }
  if (options.isWholeWindow) gaps.push(...beyondWindow(source, events, window).map((gap) => ({ ...gap, keys })));
  return { traceId, answered: true, events, gaps };
}

/** Spans come whole, because no window is sent with the id; what all other sources know was asked for the window only. */
function beyondWindow(source: SourceId, events: readonly TimelineEvent[], window: TimeWindow): EvidenceGap[] {
  const starts = events.filter((event) => event.kind === "span").map((event) => event.happenedAtNs);
  const outside = starts.filter((at) => !isInWindow(window, at)).sort();
  const [first] = outside;
  const last = outside.at(-1);
  if (first === undefined || last === undefined) return [];
  const detail =
    "The trace reaches beyond the asked time. Its spans are here; what logs and others hold out there was not asked for.";
  return [plainGap(source, "truncated", detail, { fromNs: first, toNs: addNs(last, 1n) })];
}

/** Small traces first: one batch job with thousands of spans must not push out the ten short traces around it. */
function withinRows(traces: readonly OneTrace[], { source, window, maxRows }: ReadTracesOptions): TracesRead {
  const bySize = [...traces].sort((a, b) => a.events.length - b.events.length || (a.traceId < b.traceId ? -1 : 1));
  const gaps = bySize.flatMap((trace) => trace.gaps);
  const events: TimelineEvent[] = [];
  for (const trace of bySize) {
    const kept = trace.events.slice(0, Math.max(0, maxRows - events.length));
    events.push(...kept);
    if (kept.length < trace.events.length) gaps.push(cutTrace(source, trace, kept.length, window, maxRows));
  }
  return { answered: traces.filter((trace) => trace.answered).length, events, gaps };
}

function cutTrace(source: SourceId, trace: OneTrace, shown: number, window: TimeWindow, maxRows: number): EvidenceGap {
  const fitsAlone = trace.events.length <= maxRows;
  const detail = fitsAlone
    ? "There are more spans than one question may show. This trace fits when it is asked for alone."
    : "The trace has more spans than one question may show. The rest of it cannot be fetched in parts.";
  return {
    ...plainGap(source, "truncated", detail, window, { shown, total: trace.events.length }),
    keys: [keyId({ kind: "trace", value: trace.traceId })],
    ...(fitsAlone && { continuation: aloneRequest(trace.traceId, window) }),
  };
}

function aloneRequest(traceId: string, window: TimeWindow): EvidenceRequest {
  return { kind: "trace", traceId, window };
}
