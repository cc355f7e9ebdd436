/** A trace as protobuf-JSON, the form Tempo answers by id: base64 ids, enum names, 64-bit numbers as text, no zero values. */
import type { OtlpAttribute, OtlpValue, StoredSpan } from "./stored-span";
import type { StoredTrace } from "./trace-store";

const ENUM_KINDS = ["", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"];
const ENUM_STATUSES = ["", "STATUS_CODE_OK", "STATUS_CODE_ERROR"];

/** `resourceSpans` (v2) or `batches` (v1). */
export function resourceSpansOf(trace: StoredTrace): object[] {
  const resources = new Map<string, { resource: object; scopes: Map<string, { scope: object; spans: object[] }> }>();
  for (const span of trace.spans) {
    const resource = compact({ attributes: attributesBody(span.resource) });
    const resourceKey = JSON.stringify(resource);
    const held = resources.get(resourceKey) ?? { resource, scopes: new Map() };
    resources.set(resourceKey, held);
    const { name, version, attributes } = span.scope;
    const scope = compact({ name, version, attributes: attributesBody(attributes) });
    const scopeKey = JSON.stringify(scope);
    const group = held.scopes.get(scopeKey) ?? { scope, spans: [] };
    held.scopes.set(scopeKey, group);
    group.spans.push(spanBody(span));
  }
  return [...resources.values()].map(({ resource, scopes }) => ({ resource, scopeSpans: [...scopes.values()] }));
}

function spanBody(span: StoredSpan): object {
  return {
    ...compact({
      traceId: base64(span.traceId),
      spanId: base64(span.spanId),
      traceState: span.traceState,
      parentSpanId: base64(span.parentSpanId),
      name: span.name,
      kind: span.kind === 0 ? "" : `SPAN_KIND_${ENUM_KINDS[span.kind] ?? ""}`,
      startTimeUnixNano: instant(span.startNs),
      endTimeUnixNano: instant(span.endNs),
      attributes: attributesBody(span.attributes),
      droppedAttributesCount: span.droppedAttributes,
      droppedEventsCount: span.droppedEvents,
      droppedLinksCount: span.droppedLinks,
      events: span.events.map((event) =>
        compact({
          timeUnixNano: instant(event.atNs),
          name: event.name,
          attributes: attributesBody(event.attributes),
          droppedAttributesCount: event.dropped,
        }),
      ),
      links: span.links.map((link) =>
        compact({
          traceId: base64(link.traceId),
          spanId: base64(link.spanId),
          traceState: link.traceState,
          attributes: attributesBody(link.attributes),
        }),
      ),
    }),
    // `{}` is "unset": the message is written even without a code.
    status: compact({ code: ENUM_STATUSES[span.statusCode] ?? "", message: span.statusMessage }),
  };
}

function base64(hex: string): string {
  return Buffer.from(hex, "hex").toString("base64");
}

function instant(ns: bigint): string {
  return ns === 0n ? "" : String(ns);
}

/** Leaves out what protobuf calls the zero value. */
function compact(members: Readonly<Record<string, unknown>>): object {
  const isZero = (value: unknown): boolean =>
    value === "" || value === 0 || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(members).filter(([, value]) => !isZero(value)));
}

export function attributesBody(attributes: readonly OtlpAttribute[]): object[] {
  return attributes.map(({ key, value }) => ({ key, value: valueBody(value) }));
}

export function valueBody(value: OtlpValue): object {
  if (value.doubleValue !== undefined) return { doubleValue: doubleBody(value.doubleValue) };
  if (value.arrayValue !== undefined)
    return { arrayValue: compact({ values: value.arrayValue.values.map(valueBody) }) };
  if (value.kvlistValue !== undefined) {
    return { kvlistValue: compact({ values: attributesBody(value.kvlistValue.values) }) };
  }
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined));
}

/** JSON has no word for these three. */
function doubleBody(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
