/** Test builders: records as if a source had answered, read by the built-in rules. */
import { Limits } from "@/lib/domain/configuration";
import { builtInExpansionRules, builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import type { CorrelationKey } from "@/lib/domain/correlation-key";
import { epochNsFromBigInt } from "@/lib/domain/epoch-ns";
import type { PlanStep } from "@/lib/domain/query-plan";
import { anEvent } from "@/lib/domain/testing/an-event";
import type { SpanFacts, TimelineEvent } from "@/lib/domain/timeline-event";
import { compileCanonicalNames } from "@/lib/normalize/canonical-names";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { compileSentenceBook } from "@/lib/normalize/describe-event";
import { readRecords, type EvidenceRecord, type ReadingRules } from "../read-records";
import { stitchTimeline } from "../stitch-timeline";

export const READING: ReadingRules = {
  keys: compileKeyRules(builtInKeyRules()),
  names: compileCanonicalNames([{ name: "admin-web", aliases: [], actor: "staff", audience: "internal" }], []),
  sentences: compileSentenceBook([]),
};

const BASE = 1_795_446_843_000_000_000n;
const WINDOW = { fromNs: epochNsFromBigInt(BASE), toNs: epochNsFromBigInt(BASE + 3_600_000_000_000n) };

export const at = (offsetMs: number) => epochNsFromBigInt(BASE + BigInt(Math.round(offsetMs * 1_000_000)));
/** A valid trace id from a small number. */
export const traceId = (n: number) => `a${(n + 1).toString(16).padStart(31, "0")}`;
const spanId = (n: number) => `b${(n + 1).toString(16).padStart(15, "0")}`;

export function aSpan(
  trace: number,
  span: number,
  over: Omit<Partial<TimelineEvent>, "links"> & {
    parent?: number;
    links?: number[];
    spanKind?: SpanFacts["spanKind"];
  } = {},
) {
  const { parent, links = [], spanKind = "internal", ...rest } = over;
  return anEvent({
    id: `span-${trace}-${span}`,
    kind: "span",
    title: `step ${span}`,
    source: "tempo/main",
    happenedAtNs: at(trace * 1000 + span),
    span: {
      traceId: traceId(trace),
      spanId: spanId(span),
      ...(parent === undefined ? {} : { parentSpanId: spanId(parent) }),
      spanKind,
      durationNs: "1000000",
      links: links.map((other) => ({ traceId: traceId(other), spanId: spanId(0) })),
    },
    ...rest,
  });
}

export function aLine(n: number, title: string, over: Partial<TimelineEvent> = {}) {
  return anEvent({ id: `line-${n}`, title, happenedAtNs: at(n), source: "loki/main", ...over });
}

/** An exception as a trace holds it (an event of a span) or as the tracker does. */
export function anException(
  source: "tempo/main" | "sentry/main",
  ms: number,
  over: { span?: TimelineEvent; message: string; service?: string; attributes?: TimelineEvent["attributes"] },
) {
  const facts = over.span?.span;
  const id = `${source}-${ms}-${facts?.spanId ?? ""}`;
  const inSpan = facts ? { trace_id: facts.traceId, span_id: facts.spanId } : {};
  const isTrace = source === "tempo/main";
  return anEvent({
    id,
    kind: "error",
    source,
    title: `SchemaError: ${over.message}`,
    happenedAtNs: at(ms),
    rawService: over.service ?? over.span?.rawService ?? null,
    severity: "error",
    outcome: "error",
    attributes: {
      "exception.type": isTrace ? "shop.SchemaError" : "SchemaError",
      [isTrace ? "exception.message" : "exception.value"]: over.message,
      ...(isTrace ? hostOf(over.span) : inSpan),
      ...over.attributes,
    },
    ...(isTrace && facts ? { span: { ...facts, spanId: id, parentSpanId: facts.spanId, durationNs: "0" } } : {}),
  });
}

function hostOf(span: TimelineEvent | undefined) {
  return Object.fromEntries(Object.entries(span?.attributes ?? {}).filter(([path]) => path.startsWith("resource.")));
}

/** An alert of status-api. */
export function anAlert(
  source: "prometheus/main" | "alertmanager/main",
  ms: number,
  { endMs, labels = {} }: { endMs?: number; labels?: Record<string, string> } = {},
) {
  const all = Object.entries({ alertname: "HighErrorRate", service: "status-api", ...labels });
  return anEvent({
    id: `${source}-${ms}`,
    kind: "alert",
    source,
    title: "HighErrorRate",
    happenedAtNs: at(ms),
    ...(endMs === undefined ? {} : { endedAtNs: at(endMs) }),
    rawService: "status-api",
    attributes: {
      "alert.name": "HighErrorRate",
      ...Object.fromEntries(all.map(([name, value]) => [`label.${name}`, value])),
    },
    context: true,
  });
}

/**
 * A call of 100 ms from storefront-api to status-api, which works for 60 ms of it, right in the middle. `skewMs`: how far
 * the clock of status-api's host is ahead.
 */
export function aCall(
  trace: number,
  over: {
    startMs?: number;
    skewMs?: number;
    callerHost?: string;
    host?: string;
    kinds?: readonly [SpanFacts["spanKind"], SpanFacts["spanKind"]];
  },
): TimelineEvent[] {
  const { startMs = 0, skewMs = 0, callerHost = "node-a", host = "node-b", kinds = ["client", "server"] } = over;
  const spans = [
    { rawService: "storefront-api", on: callerHost, fromMs: startMs, tookMs: 100 },
    { rawService: "status-api", on: host, fromMs: startMs + 20 + skewMs, tookMs: 60 },
  ];
  return spans.map(({ rawService, on, fromMs, tookMs }, n) => {
    return aSpan(trace, n, {
      ...(n === 0 ? {} : { parent: 0 }),
      spanKind: kinds[n] ?? "internal",
      rawService,
      happenedAtNs: at(fromMs),
      endedAtNs: at(fromMs + tookMs),
      attributes: { "order.id": "48192", "resource.host.name": on, "resource.k8s.pod.name": `${on}-pod` },
    });
  });
}

/** Records that came because of their service and time. */
export function context(events: readonly TimelineEvent[]): EvidenceRecord[] {
  return readBy(undefined, events);
}

export function readBy(key: CorrelationKey | undefined, events: readonly TimelineEvent[]): EvidenceRecord[] {
  const step: PlanStep = key
    ? {
        id: `x|by-key|${key.kind}:${key.value}`,
        source: "loki/main",
        request: { kind: "by-key", key, window: WINDOW },
        hop: 0,
      }
    : { id: "x|context|", source: "loki/main", request: { kind: "context", rawServices: [], window: WINDOW }, hop: 0 };
  const outcome = { source: step.source, answered: true, events, metrics: [], gaps: [], queries: [], elapsedMs: 1 };
  return readRecords({ step, outcome }, READING);
}

export function stitch(asked: readonly CorrelationKey[], ...batches: EvidenceRecord[][]) {
  return stitchTimeline({ asked, batches, expansion: builtInExpansionRules(), limits: Limits.parse({}) });
}
