import { SpanStatusCode } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { describe, expect, it } from "vitest";
import { startTraceExport, withoutPayloads } from "./trace-export";

describe("trace export", () => {
  it("does nothing without an endpoint", () => {
    expect(startTraceExport(undefined)).toBeUndefined();
  });

  it("lets only known attributes leave: no URLs, exceptions, ids or status texts", () => {
    const memory = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(withoutPayloads(memory))] });
    const tracer = provider.getTracer("test");
    const parent = tracer.startSpan("GET /api/v1/timeline");
    parent.setAttributes({
      "http.route": "/api/v1/timeline",
      "http.target": "/api/v1/timeline?key=order:canary",
      "http.url": "http://host/canary",
      "throughline.source": "loki/product",
    });
    parent.recordException(new Error("canary"));
    parent.setStatus({ code: SpanStatusCode.ERROR, message: "canary" });
    parent.end();
    tracer.startSpan("GET /orders/48192?canary").end();
    const [first, second] = memory.getFinishedSpans();
    expect(first?.name).toBe("GET /api/v1/timeline");
    expect(first?.attributes).toEqual({ "http.route": "/api/v1/timeline", "throughline.source": "loki/product" });
    expect(first).toMatchObject({ events: [], links: [], status: { code: SpanStatusCode.ERROR } });
    expect(first?.status.message).toBeUndefined();
    expect(first?.spanContext().spanId).toBe(parent.spanContext().spanId);
    expect(second?.name).toBe("span");
  });
});
