/**
 * What Tempo sends, 2.3 to 3.0: `GET /api/v2/traces/{id}`, `/api/traces/{id}`, `/api/search`.
 * https://grafana.com/docs/tempo/latest/api_docs/
 * Zero values are left out everywhere, so almost every field is optional. Unknown fields are ignored.
 */
import { z } from "zod";
import { readAnyValue } from "./read-any-value";

const Attribute = z.object({ key: z.string(), value: z.unknown().transform((value) => readAnyValue(value)) });
const AttributeList = z
  .array(Attribute)
  .nullish()
  .transform((list) => list ?? []);

/** 64-bit integers are text in protobuf-JSON; some stores behind the same API send numbers. */
const Nanoseconds = z.union([z.string(), z.number().transform(String)]);

/** Base64 of the bytes in Tempo, hex in others. */
const Id = z.string();

const SpanEvent = z.object({
  timeUnixNano: Nanoseconds.optional(),
  name: z.string().optional(),
  attributes: AttributeList,
});
const Link = z.object({ traceId: Id.optional(), spanId: Id.optional(), attributes: AttributeList });

const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

export const TempoSpan = z.object({
  traceId: Id.optional(),
  spanId: Id.optional(),
  parentSpanId: Id.optional(),
  name: z.string().optional(),
  /** `SPAN_KIND_SERVER`, or 0 to 5. */
  kind: z.union([z.string(), z.number()]).optional(),
  startTimeUnixNano: Nanoseconds.optional(),
  endTimeUnixNano: Nanoseconds.optional(),
  attributes: AttributeList,
  events: listOf(SpanEvent),
  links: listOf(Link),
  /** `STATUS_CODE_ERROR`, or 0 to 2. */
  status: z.object({ code: z.union([z.string(), z.number()]).optional(), message: z.string().optional() }).nullish(),
});
export type TempoSpan = z.infer<typeof TempoSpan>;
export type TempoSpanEvent = z.infer<typeof SpanEvent>;
export type TempoAttributes = z.infer<typeof AttributeList>;

const Scope = z.object({ name: z.string().optional(), version: z.string().optional(), attributes: AttributeList });
const ScopeSpans = z.object({ scope: Scope.nullish(), spans: listOf(TempoSpan) });

export const ResourceSpans = z.object({
  resource: z.object({ attributes: AttributeList }).nullish(),
  scopeSpans: listOf(ScopeSpans),
  /** OTLP before 0.15; Tempo 1.x blocks still have it. */
  instrumentationLibrarySpans: listOf(z.object({ spans: listOf(TempoSpan) })),
});
export type ResourceSpans = z.infer<typeof ResourceSpans>;

/** A trace that is not there is `{"trace":{}}` with status 200. */
export const TempoTraceV2 = z.object({
  trace: z.object({ resourceSpans: listOf(ResourceSpans) }),
  /** `PARTIAL`; left out when complete. */
  status: z.string().optional(),
});

/** v1 differs in the wrapper only. */
export const TempoTraceV1 = z.object({ batches: listOf(ResourceSpans) }).refine((trace) => trace.batches.length > 0);

const SpanSet = z.object({ spans: listOf(z.object({ startTimeUnixNano: Nanoseconds.optional() })) });

/** Trace ids come without leading zeros; span sets hold a few of the spans that matched. */
const FoundTrace = z.object({
  traceID: z.string(),
  startTimeUnixNano: Nanoseconds.optional(),
  spanSets: listOf(SpanSet).catch([]),
});
export type FoundTrace = z.infer<typeof FoundTrace>;

/** Nothing found is an empty list, or no list beside the metrics. */
export const TempoSearchAnswer = z
  .object({ traces: z.array(FoundTrace).optional(), metrics: z.unknown() })
  .refine((answer) => answer.traces !== undefined || answer.metrics !== undefined)
  .transform((answer) => ({ traces: answer.traces ?? [] }));
