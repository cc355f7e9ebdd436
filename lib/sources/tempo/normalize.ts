/** Spans of a trace → timeline events: one for each span, one for each of its events. Pure. */
import { durationNs, parseEpochNs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { Outcome, Severity } from "@/lib/domain/severity";
import type { SourceId } from "@/lib/domain/source-id";
import type { Attributes, AttributeValue, EventLink, SpanFacts, TimelineEvent } from "@/lib/domain/timeline-event";
import { parseKnownTraceId, parseSpanId } from "@/lib/domain/trace-id";
import { spanFactId } from "@/lib/normalize/fact-id";
import { flattenAttributes } from "@/lib/normalize/flatten-attributes";
import { spanEventsOf } from "./span-events";
import type { ResourceSpans, TempoAttributes, TempoSpan } from "./wire";

export interface NormalizedTrace {
  /** Ascending by start. Each span once, although Tempo may send it twice. */
  readonly events: readonly TimelineEvent[];
  readonly spanCount: number;
  /** Spans without a usable id or start. */
  readonly unreadable: number;
}

/** What a span has from the process and the instrumentation it comes from. */
interface Origin {
  readonly service: string | null;
  readonly environment: string | null;
  /** With `resource.` and `scope.` in front. */
  readonly attributes: Attributes;
}

const ENVIRONMENT = ["deployment.environment.name", "deployment.environment", "env", "environment"];
const KINDS = ["unspecified", "internal", "server", "client", "producer", "consumer"] as const;
const OUR_ERROR = 500;
const THEIR_ERROR = 400;

/** `links` come with every event. Spans whose own trace id is unreadable take `traceId`. */
export function normalizeTrace(
  source: SourceId,
  traceId: string,
  resourceSpans: readonly ResourceSpans[],
  links: readonly EventLink[],
): NormalizedTrace {
  const spans = resourceSpans.flatMap((batch) => spansOf(batch).map(([span, origin]) => ({ span, origin })));
  const read = spans
    .map(({ span, origin }) => toSpan(source, traceId, span, origin, links))
    .filter((events) => events !== undefined);
  const byIdentity = new Map<string, TimelineEvent[]>();
  // The longest wins among repeats, and ties are equal: input order changes nothing.
  for (const events of read.sort(byStart)) {
    const [own] = events;
    if (own === undefined) continue;
    const identity = `${own.id}@${own.happenedAtNs}`;
    const earlier = byIdentity.get(identity);
    if (earlier === undefined || events.length > earlier.length) byIdentity.set(identity, events);
  }
  return {
    events: withUniqueIds([...byIdentity.values()]).flat(),
    spanCount: byIdentity.size,
    unreadable: spans.length - read.length,
  };
}

function spansOf(batch: ResourceSpans): [TempoSpan, Origin][] {
  const resource = plain(batch.resource?.attributes ?? []);
  const base = {
    service: text(resource["service.name"]),
    environment: ENVIRONMENT.map((name) => text(resource[name])).find((name) => name !== null) ?? null,
  };
  const own = flattenAttributes(resource, "resource");
  const scoped = batch.scopeSpans.flatMap(({ scope, spans }) => {
    const named = { ...plain(scope?.attributes ?? []), name: scope?.name, version: scope?.version };
    const origin: Origin = { ...base, attributes: { ...own, ...flattenAttributes(named, "scope") } };
    return spans.map((span): [TempoSpan, Origin] => [span, origin]);
  });
  const old = batch.instrumentationLibrarySpans.flatMap(({ spans }) =>
    spans.map((span): [TempoSpan, Origin] => [span, { ...base, attributes: own }]),
  );
  return [...scoped, ...old];
}

/** The span's own event first, then those of its span events. Undefined when the span has no usable id or start. */
function toSpan(
  source: SourceId,
  traceId: string,
  span: TempoSpan,
  origin: Origin,
  links: readonly EventLink[],
): TimelineEvent[] | undefined {
  const startNs = parseEpochNs(span.startTimeUnixNano ?? "");
  const spanId = parseSpanId(span.spanId ?? "");
  if (startNs === undefined || spanId === undefined) return undefined;
  const endNs = parseEpochNs(span.endTimeUnixNano ?? "") ?? startNs;
  const facts = factsOf(span, parseKnownTraceId(span.traceId ?? "") ?? traceId, spanId, startNs, endNs);
  const attributes = plain(span.attributes);
  const verdict = verdictOf(span, attributes);
  const own: TimelineEvent = {
    id: spanFactId(source, facts.traceId, spanId, facts.spanKind),
    kind: "span",
    happenedAtNs: startNs,
    endedAtNs: endNs,
    rawService: origin.service,
    rawEnvironment: origin.environment,
    ...verdict,
    title: titleOf(span, attributes, facts.spanKind),
    ...(span.status?.message !== undefined && { text: span.status.message }),
    attributes: { ...flattenAttributes(attributes), ...spanFields(span), ...origin.attributes },
    sightings: [],
    source,
    span: facts,
    links,
    context: false,
  };
  return [own, ...spanEventsOf(own, facts, span.events, origin.attributes)];
}

function factsOf(span: TempoSpan, traceId: string, spanId: string, startNs: EpochNs, endNs: EpochNs): SpanFacts {
  const parentSpanId = parseSpanId(span.parentSpanId ?? "");
  return {
    traceId,
    spanId,
    ...(parentSpanId !== undefined && { parentSpanId }),
    spanKind: kindOf(span.kind),
    durationNs: durationNs(startNs, endNs).toString(),
    links: sortedLinks(span).flatMap((link) => {
      const to = { traceId: parseKnownTraceId(link.traceId ?? ""), spanId: parseSpanId(link.spanId ?? "") };
      return to.traceId === undefined || to.spanId === undefined ? [] : [{ traceId: to.traceId, spanId: to.spanId }];
    }),
  };
}

/** The order of links can change when Tempo writes a trace to its store, so it means nothing. */
function sortedLinks(span: TempoSpan): TempoSpan["links"] {
  const key = (link: TempoSpan["links"][number]) => `${link.traceId ?? ""} ${link.spanId ?? ""}`;
  return [...span.links].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function kindOf(kind: TempoSpan["kind"]): SpanFacts["spanKind"] {
  if (typeof kind === "number") return KINDS[kind] ?? "unspecified";
  const word = (kind ?? "").replace("SPAN_KIND_", "").toLowerCase();
  return KINDS.find((known) => known === word) ?? "unspecified";
}

/** Unset means "no error" in OpenTelemetry, so it counts as ok unless an HTTP status says otherwise. */
function verdictOf(span: TempoSpan, attributes: Plain): { outcome: Outcome; severity: Severity } {
  const status = statusCode(attributes) ?? 0;
  const code = span.status?.code;
  if (code === "STATUS_CODE_ERROR" || code === 2 || status >= OUR_ERROR) return { outcome: "error", severity: "error" };
  if (status >= THEIR_ERROR) return { outcome: "warning", severity: "warning" };
  return { outcome: "ok", severity: "info" };
}

/** `GET /orders/{id} → 502`, from the stable and the older names of the HTTP conventions. */
function titleOf(span: TempoSpan, attributes: Plain, kind: SpanFacts["spanKind"]): string {
  const method = text(attributes["http.request.method"]) ?? text(attributes["http.method"]);
  const route = text(attributes["http.route"]) ?? (kind === "client" ? text(attributes["url.template"]) : null);
  const name = method !== null && route !== null ? `${method} ${route}` : (span.name ?? "unnamed span");
  const status = statusCode(attributes);
  const title = status === undefined ? name : `${name} → ${status}`;
  return title
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .slice(0, 300)
    .toWellFormed();
}

function statusCode(attributes: Plain): number | undefined {
  const code = Number(attributes["http.response.status_code"] ?? attributes["http.status_code"]);
  return Number.isInteger(code) && code >= 100 && code < 600 ? code : undefined;
}

/** Facts outside the attributes, under the names OpenTelemetry gives them in formats that have attributes only. */
function spanFields(span: TempoSpan): Record<string, AttributeValue> {
  const code = String(span.status?.code ?? "");
  const linked = sortedLinks(span).map((link, i) => flattenAttributes(plain(link.attributes), `link.${i}`));
  return {
    ...Object.assign({}, ...linked),
    ...(span.name !== undefined && { "span.name": span.name.slice(0, 2_048).toWellFormed() }),
    ...((code === "STATUS_CODE_ERROR" || code === "2") && { "otel.status_code": "ERROR" }),
    ...((code === "STATUS_CODE_OK" || code === "1") && { "otel.status_code": "OK" }),
    ...(span.status?.message !== undefined && { "otel.status_description": span.status.message }),
  };
}

type Plain = Readonly<Record<string, TempoAttributes[number]["value"]>>;

/** Keys may repeat; the last one stays, as in Tempo's own search. */
function plain(attributes: TempoAttributes): Plain {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value]));
}

function text(value: Plain[string] | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Two spans may share id and kind and differ in their start: the later ones get a name of their own. */
function withUniqueIds(spans: readonly TimelineEvent[][]): TimelineEvent[][] {
  const taken = new Set<string>();
  return spans.map((events) => {
    const [own, ...rest] = events;
    if (own === undefined || !taken.has(own.id)) {
      if (own !== undefined) taken.add(own.id);
      return events;
    }
    return [{ ...own, id: `${own.id}@${own.happenedAtNs}` }, ...rest];
  });
}

function byStart(a: TimelineEvent[], b: TimelineEvent[]): number {
  const [left, right] = [sortKey(a), sortKey(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function sortKey([own]: TimelineEvent[]): string {
  return own === undefined ? "" : `${own.happenedAtNs} ${own.id} ${own.endedAtNs ?? ""}`;
}
