/**
 * Answers requests over planted records as the real backends would: a line filter is a substring, a trace search
 * compares attribute values, a trace comes whole, context comes by service name. Knows nothing of key rules.
 */
import { isInWindow } from "@/lib/domain/time-window";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import type { NativeQuery, SourceOutcome } from "@/lib/domain/source-outcome";
import { kindOfSource, type SourceId, type SourceKind } from "@/lib/domain/source-id";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import type { EventSource } from "@/lib/sources/source";

const ANSWERS: Readonly<Record<SourceKind, readonly EvidenceRequest["kind"][]>> = {
  loki: ["by-key", "trace"],
  tempo: ["by-key", "trace"],
  sentry: ["by-key", "trace", "context"],
  prometheus: ["context"],
  alertmanager: ["context"],
};
const LANGUAGE: Readonly<Record<SourceKind, NativeQuery["language"]>> = {
  loki: "LogQL",
  tempo: "TraceQL",
  prometheus: "PromQL",
  alertmanager: "HTTP",
  sentry: "HTTP",
};

/** One source for each backend that holds something. */
export function plantedBackends(records: readonly TimelineEvent[]): Map<SourceId, EventSource> {
  return new Map(
    [...new Set(records.map(({ source }) => source))].map((id) => [
      id,
      backend(
        id,
        records.filter((record) => record.source === id),
      ),
    ]),
  );
}

/** As the Tempo adapter says it: with the trace that is absent. */
const NO_TRACE = { reason: "sampled", detail: "The trace store does not have this trace.", retryable: false } as const;

function backend(id: SourceId, held: readonly TimelineEvent[]): EventSource {
  const kind = kindOfSource(id);
  return {
    id,
    kind,
    answers: new Set(ANSWERS[kind]),
    fetch: (request) => Promise.resolve(answer(request)),
    probe: () => Promise.resolve({ ok: true, elapsedMs: 0 }),
  };

  function answer(request: EvidenceRequest): SourceOutcome {
    const events = find(request).filter((event) => isInWindow(request.window, event.happenedAtNs));
    const absent = kind === "tempo" && request.kind === "trace" && events.length === 0 ? request.traceId : undefined;
    return {
      source: id,
      answered: true,
      events,
      metrics: [],
      gaps: absent === undefined ? [] : [{ ...NO_TRACE, source: id, keys: [`trace:${absent}`] }],
      queries: [{ language: LANGUAGE[kind], text: request.kind }],
      elapsedMs: 1,
    };
  }

  function find(request: EvidenceRequest): readonly TimelineEvent[] {
    if (request.kind === "context") return around(new Set(request.rawServices.map(folded)));
    if (request.kind === "trace") return held.filter((event) => carries(event, request.traceId));
    if (request.kind === "runs" || request.kind === "failures") return [];
    const { value } = request.key;
    if (kind !== "tempo") return held.filter((event) => !event.context && carries(event, value));
    // TraceQL finds spans by attribute; the adapter then fetches their traces whole.
    const traces = new Set(held.filter((event) => hasAttribute(event, value)).map((event) => event.span?.traceId));
    return held.filter((event) => traces.has(event.span?.traceId));
  }

  function around(services: ReadonlySet<string>): readonly TimelineEvent[] {
    return held.filter((event) => event.context && services.has(folded(event.rawService ?? "")));
  }
}

/** Substring of the line or of anything attached to it, as a line filter over rendered text finds it. */
function carries(event: TimelineEvent, needle: string): boolean {
  if (event.span !== undefined) return event.span.traceId === needle;
  return (event.text ?? event.title).includes(needle) || hasAttribute(event, needle);
}

function hasAttribute(event: TimelineEvent, value: string): boolean {
  return Object.values(event.attributes).some((held) => String(held) === value);
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[-_. ]/g, "");
}
