/**
 * Sends this server's own traces to an OTLP collector. Next's spans carry full URLs (`?key=order:…`) and exception texts,
 * which would put customer data past the redaction door: only an allow-list of attributes leaves.
 */
import "server-only";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

export interface TraceExport {
  /** Sends what is waiting, then stops. Never rejects: a dead collector must not hold up a shutdown. */
  stop(): Promise<void>;
}

const ALLOWED =
  /^(throughline\.[a-z_]+|http\.(request\.)?method|http\.(response\.)?status_code|http\.route|next\.(route|span_type))$/;
/** Next names spans by route pattern; anything with a query, an address or an id-like part is not a pattern. */
const SAFE_NAME = /^[A-Za-z0-9 _./()[\]-]{1,120}$/;
const ID_LIKE = /\d{3,}|[0-9a-f]{16,}/i;

/** `undefined` when no endpoint is configured. `endpoint` is OTEL_EXPORTER_OTLP_ENDPOINT, to which `/v1/traces` is added. */
export function startTraceExport(endpoint: string | undefined): TraceExport | undefined {
  if (endpoint === undefined) return undefined;
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": "throughline" }),
    spanProcessors: [new BatchSpanProcessor(withoutPayloads(exporter))],
  });
  provider.register();
  return { stop: () => provider.shutdown().catch(() => undefined) };
}

/** An exporter that strips every span first. Exported for its test. */
export function withoutPayloads(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(stripped), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

function stripped(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(Object.entries(span.attributes).filter(([name]) => ALLOWED.test(name)));
  const name = SAFE_NAME.test(span.name) && !ID_LIKE.test(span.name) ? span.name : "span";
  return {
    name,
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext !== undefined && { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    status: { code: span.status.code },
    attributes,
    links: [],
    events: [],
    duration: span.duration,
    ended: span.ended,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}
