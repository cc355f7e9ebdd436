import { describe, expect, it } from "vitest";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import exchanges from "./fixtures/exchanges.json";
import { normalizeTrace, type NormalizedTrace } from "./normalize";
import { TempoTraceV1, TempoTraceV2, type ResourceSpans } from "./wire";

const CUSTOMER = "a204d36965ffbb43f2ce9cb6c52595c5";

function read(name: keyof typeof exchanges, traceId = CUSTOMER): NormalizedTrace {
  return normalize(TempoTraceV2.parse(JSON.parse(exchanges[name].body)).trace.resourceSpans, traceId);
}

function normalize(resourceSpans: readonly ResourceSpans[], traceId = CUSTOMER): NormalizedTrace {
  return normalizeTrace("tempo/main", traceId, resourceSpans, []);
}

function spanNamed(events: readonly TimelineEvent[], name: string): TimelineEvent {
  const span = events.find((event) => event.attributes["span.name"] === name);
  if (span === undefined) throw new Error(`no span ${name}`);
  return span;
}

describe("the recorded trace of the failing customer", () => {
  const { events, spanCount, unreadable } = read("v2.trace.a_customer");

  it("becomes one event for each span, in order, with ids in hex", () => {
    expect({ spanCount, unreadable }).toEqual({ spanCount: 6, unreadable: 0 });
    expect(spanNamed(events, "GET /status/{orderId}")).toMatchObject({
      kind: "span",
      happenedAtNs: "1795446846222345678",
      endedAtNs: "1795446847324008878",
      rawService: "status-api",
      rawEnvironment: "prod",
      severity: "error",
      outcome: "error",
      title: "GET /status/{orderId} → 502",
      text: "schema mismatch",
      attributes: { "order.id": "48192", "resource.host.name": "node-b1", "scope.name": "shop.instrumentation" },
      span: {
        traceId: CUSTOMER,
        spanId: "8505a2b8d6e2e0cd",
        parentSpanId: "12ac1979364ee8f8",
        spanKind: "server",
        durationNs: "1101663200",
      },
    });
  });

  it("keeps an integer order id as a number and a root without parent", () => {
    const root = spanNamed(events, "GET order status");
    expect(root.attributes["orderId"]).toBe(48192);
    expect(root.span).not.toHaveProperty("parentSpanId");
    expect(root.title).toBe("GET order status → 502");
  });

  it("has the exception as an error of its own under its span", () => {
    const [error] = events.filter((event) => event.kind === "error");
    expect(error).toMatchObject({
      happenedAtNs: "1795446847291345678",
      title: 'SchemaMismatchError: field shipping.method: unknown enum value "express_locker"',
      rawService: "status-api",
      attributes: { "exception.type": "SchemaMismatchError", "exception.escaped": false },
      span: { traceId: CUSTOMER, parentSpanId: "4b03b81c7973fa7e" },
    });
    expect(error?.text).toContain("Decoder.java:211");
    expect(events.filter((event) => event.kind === "log").map((event) => event.title)).toEqual(["retry"]);
  });

  it("is ok where nothing went wrong", () => {
    expect(spanNamed(events, "SELECT order_status")).toMatchObject({ outcome: "ok", severity: "info" });
  });

  it("is the same from v1, from reversed batches and from spans sent twice", () => {
    const v1 = TempoTraceV1.parse(JSON.parse(exchanges["v1.trace.a_customer"].body)).batches;
    expect(normalize(v1).events).toEqual(events);
    expect(normalize([...v1].reverse()).events).toEqual(events);
    expect(normalize([...v1, ...v1]).events).toEqual(events);
  });

  it("is the same when a store sends ids in hex and enums as numbers", () => {
    const body = exchanges["v2.trace.a_customer"].body
      .replace(/"(traceId|spanId|parentSpanId)":"([^"]+)"/g, (_, name: string, id: string) => {
        return `"${name}":"${Buffer.from(id, "base64").toString("hex").toUpperCase()}"`;
      })
      .replaceAll('"SPAN_KIND_SERVER"', "2")
      .replaceAll('"STATUS_CODE_ERROR"', "2");
    expect(normalize(TempoTraceV2.parse(JSON.parse(body)).trace.resourceSpans).events).toEqual(events);
  });
});

describe("the recorded zoo of odd spans", () => {
  const { events, unreadable } = read("v2.trace.d_zoo", "4bc87d012ec0c2b196a0d6e6177dd990");
  const root = spanNamed(events, 'zoo "root" \\ é\nline');

  it("reads every type of attribute and keeps every digit", () => {
    expect(unreadable).toBe(0);
    expect(root.attributes).toMatchObject({
      "str.empty": "",
      "str.number": "48192",
      "int.zero": 0,
      "int.neg": -5,
      "int.above.2p53": "9007199254740993",
      "int.min": "-9223372036854775808",
      "double.half": 0.5,
      "double.nan": "NaN",
      "double.neginf": "-Infinity",
      "bool.false": false,
      "bytes.some": "3q2+7wD/",
      "array.ints.2": "9007199254740993",
      "array.mixed.1": 1,
      "array.nested.1.k": "v",
      "kv.map.deep.list.1": 2,
      'wei"rd \\key': "quoted key",
      "ünïcode.键": "non-ascii key",
      "scope.scope.attr": "yes",
      "link.0.n": "9007199254740993",
    });
    expect(root.attributes).not.toHaveProperty("nothing");
  });

  it("keeps events one nanosecond apart in order, and links in hex", () => {
    const logs = events.filter((event) => event.kind === "log" && event.span?.parentSpanId === root.span?.spanId);
    expect(logs.map((event) => event.happenedAtNs.slice(-1))).toEqual(["1", "2", "0"]);
    expect(root.span?.links).toEqual([
      { traceId: "14f07891bbdc97897212022bb7ad2a2f", spanId: "a4e15946a588e61f" },
      { traceId: CUSTOMER, spanId: "0000000000000001" },
    ]);
  });

  it("has a title without line breaks for every span, also for one without a name", () => {
    for (const event of events) expect(event.title).toMatch(/^[^\n\r\u0000]{1,300}$/);
    expect(events.map((event) => event.title)).toContain("unnamed span");
  });
});

describe("odd traces", () => {
  it("keeps a client and a server span that share an id apart", () => {
    const { events } = read("v2.trace.d_duplicate_span_id");
    const spans = events.filter((event) => event.kind === "span");
    expect(new Set(spans.map((event) => event.id)).size).toBe(spans.length);
  });

  it("pads ids that have zeros in front", () => {
    const { events } = read("v2.trace.d_leading_zeros");
    expect(events[0]?.span?.traceId).toBe("00000000000000ab12cd34ef56a7b8c9");
  });

  it("keeps a span that ends before it starts, with its negative duration", () => {
    const { events } = read("negative.v2.trace");
    expect(events.some((event) => event.span?.durationNs.startsWith("-"))).toBe(true);
  });

  it("counts spans that it cannot read instead of losing them", () => {
    const broken = TempoTraceV2.parse({ trace: { resourceSpans: [{ scopeSpans: [{ spans: [{ name: "no id" }] }] }] } });
    expect(normalize(broken.trace.resourceSpans)).toEqual({ events: [], spanCount: 0, unreadable: 1 });
  });
});
