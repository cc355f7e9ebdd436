/** `POST /v1/traces` in OTLP/JSON (hex ids, numbers as enums), and spans pushed in code, as stored spans. */
import { z } from "zod";
import type { DemoSpan, DemoValue } from "../backend";
import { Refusal } from "../demo-server";
import { KINDS, type OtlpAttribute, type OtlpValue, type StoredSpan, STATUSES } from "./stored-span";

const Value: z.ZodType<OtlpValue> = z.lazy(() =>
  z.object({
    stringValue: z.string().optional(),
    intValue: z.coerce.string().optional(),
    doubleValue: z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number)]).optional(),
    boolValue: z.boolean().optional(),
    bytesValue: z.string().optional(),
    arrayValue: z.object({ values: z.array(Value).default([]) }).optional(),
    kvlistValue: z.object({ values: z.array(Attribute).default([]) }).optional(),
  }),
);
const Attribute: z.ZodType<OtlpAttribute> = z.lazy(() => z.object({ key: z.string(), value: Value.default({}) }));
const Attributes = z.array(Attribute).default([]);
const Ns = z.coerce.string().default("0").transform(BigInt);
const Text = z.string().default("");
const Count = z.number().default(0);
const Event = z.object({ timeUnixNano: Ns, name: Text, attributes: Attributes, droppedAttributesCount: Count });
const Link = z.object({ traceId: Text, spanId: Text, traceState: Text, attributes: Attributes });
const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: Text,
  traceState: Text,
  name: Text,
  kind: Count,
  startTimeUnixNano: Ns,
  endTimeUnixNano: Ns,
  attributes: Attributes,
  droppedAttributesCount: Count,
  droppedEventsCount: Count,
  droppedLinksCount: Count,
  events: z.array(Event).default([]),
  links: z.array(Link).default([]),
  status: z.object({ code: Count, message: Text }).default({ code: 0, message: "" }),
});
const Scope = z.object({ name: Text, version: Text, attributes: Attributes });
const NO_SCOPE = { name: "", version: "", attributes: [] };
const OtlpTraces = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes: Attributes }).default({ attributes: [] }),
        scopeSpans: z.array(z.object({ scope: Scope.default(NO_SCOPE), spans: z.array(Span).default([]) })).default([]),
      }),
    )
    .default([]),
});
/** Tempo cuts longer attribute keys and values on the way in; span names stay whole. */
const MAX_ATTRIBUTE_BYTES = 2048;

/** Spans of an OTLP/JSON body; 400 when it is none. */
export function readOtlpTraces(body: string): StoredSpan[] {
  const parsed = OtlpTraces.safeParse(parseJson(body));
  if (!parsed.success) throw new Refusal(400, "the body is not OTLP/JSON");
  return parsed.data.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const attributes = cutAll(resource.attributes);
    return scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => storedSpan(span, attributes, { ...scope, attributes: cutAll(scope.attributes) })),
    );
  });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function storedSpan(
  span: z.infer<typeof Span>,
  resource: readonly OtlpAttribute[],
  scope: StoredSpan["scope"],
): StoredSpan {
  return {
    traceId: span.traceId.toLowerCase().padStart(32, "0"),
    spanId: span.spanId.toLowerCase().padStart(16, "0"),
    parentSpanId: /^0*$/u.test(span.parentSpanId) ? "" : span.parentSpanId.toLowerCase(),
    traceState: span.traceState,
    name: span.name,
    kind: span.kind,
    startNs: span.startTimeUnixNano,
    endNs: span.endTimeUnixNano,
    statusCode: span.status.code,
    statusMessage: span.status.message,
    attributes: cutAll(span.attributes),
    droppedAttributes: span.droppedAttributesCount,
    droppedEvents: span.droppedEventsCount,
    droppedLinks: span.droppedLinksCount,
    events: span.events.map(({ timeUnixNano, name, attributes, droppedAttributesCount }) => ({
      atNs: timeUnixNano,
      name,
      attributes: cutAll(attributes),
      dropped: droppedAttributesCount,
    })),
    links: span.links.map((link) => ({ ...link, attributes: cutAll(link.attributes) })),
    resource,
    scope,
  };
}

function cutAll(attributes: readonly OtlpAttribute[]): OtlpAttribute[] {
  return attributes.map(({ key, value }) => ({
    key: cutText(key),
    value: value.stringValue === undefined ? value : { stringValue: cutText(value.stringValue) },
  }));
}

function cutText(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.length <= MAX_ATTRIBUTE_BYTES ? text : bytes.subarray(0, MAX_ATTRIBUTE_BYTES).toString("utf8");
}

/** A span pushed in code takes the same way as one over HTTP. */
export function storedFromDemo(span: DemoSpan): StoredSpan {
  return {
    traceId: span.traceId.toLowerCase().padStart(32, "0"),
    spanId: span.spanId.toLowerCase().padStart(16, "0"),
    parentSpanId: span.parentSpanId ?? "",
    traceState: "",
    name: span.name,
    kind: KINDS.indexOf(span.kind),
    startNs: BigInt(span.startNs),
    endNs: BigInt(span.endNs),
    statusCode: span.status === undefined ? 0 : STATUSES.indexOf(span.status),
    statusMessage: span.statusMessage ?? "",
    attributes: attributesOf(span.attributes),
    droppedAttributes: 0,
    droppedEvents: 0,
    droppedLinks: 0,
    events: (span.events ?? []).map(({ atNs, name, attributes }) => ({
      atNs: BigInt(atNs),
      name,
      attributes: attributesOf(attributes),
      dropped: 0,
    })),
    links: (span.links ?? []).map((link) => ({ ...link, traceState: "", attributes: [] })),
    resource: attributesOf(span.resource),
    scope: NO_SCOPE,
  };
}

function attributesOf(values: Readonly<Record<string, DemoValue>>): OtlpAttribute[] {
  return cutAll(Object.entries(values).map(([key, value]) => ({ key, value: valueOf(value) })));
}

function valueOf(value: DemoValue): OtlpValue {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "bigint") return { intValue: String(value) };
  if (typeof value === "number") return { doubleValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return { arrayValue: { values: value.map(valueOf) } };
}
