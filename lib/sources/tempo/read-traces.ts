/** Fetches whole traces, a few at a time, within one allowance of rows and bytes. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { keyId } from "@/lib/domain/correlation-key";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";
import type { EventLink, TimelineEvent } from "@/lib/domain/timeline-event";
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
      traces.push(toTrace(traceId, answer, options));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return withinRows(traces, options);
}

function toTrace(traceId: string, answer: TraceAnswer, { source, window, linksOf }: ReadTracesOptions): OneTrace {
  const keys = [keyId({ kind: "trace", value: traceId })];
  if (!answer.ok) {
    return { traceId, answered: false, events: [], gaps: [{ ...failureGap(source, answer.failure, window), keys }] };
  }
  if (!answer.found) {
    const absent = plainGap(source, "sampled", "The trace store does not have this trace.", window);
    return { traceId, answered: true, events: [], gaps: [{ ...absent, keys }] };
  }
  const { events, unreadable } = normalizeTrace(source, traceId, answer.resourceSpans, linksOf(traceId));
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
  return { traceId, answered: true, events, gaps };
}

/** Small traces first: one batch job with thousands of spans must not push out the ten short traces around it. */
function withinRows(traces: readonly OneTrace[], { source, window, maxRows }: ReadTracesOptions): TracesRead {
  const bySize = [...traces].sort((a, b) => a.events.length - b.events.length || (a.traceId < b.traceId ? -1 : 1));
  const all = bySize.flatMap((trace) => trace.events);
  const events = all.slice(0, maxRows);
  const gaps = bySize.flatMap((trace) => trace.gaps);
  if (all.length > events.length) {
    const detail = "There are more spans than one question may show.";
    gaps.push(plainGap(source, "truncated", detail, window, { shown: events.length, total: all.length }));
  }
  return { answered: traces.filter((trace) => trace.answered).length, events, gaps };
}
