/** Invented evidence of one order: traces of spans with lines beside them, some of it naming other orders. */
import { epochNsFromBigInt } from "@/lib/domain/epoch-ns";
import type { TimelineEvent } from "@/lib/domain/timeline-event";

const BASE = 1_795_446_843_000_000_000n;
const SPANS_PER_TRACE = 40;
export const ORDER = { kind: "order", value: "48192" } as const;

/** Half spans, half lines. One trace in ten is a batch that mostly serves other orders. */
export function syntheticEvents(count: number): TimelineEvent[] {
  const events: TimelineEvent[] = [];
  for (let n = 0; events.length < count; n++) {
    const trace = Math.floor(n / SPANS_PER_TRACE);
    const index = n % SPANS_PER_TRACE;
    const order = trace % 10 === 9 && index % 4 !== 0 ? String(60_000 + n) : "48192";
    events.push(span(trace, index, order, n), line(trace, index, order, n));
  }
  return events.slice(0, count);
}

/** A deep and wide trace of the order: four children a span. */
export function oneTrace(spans: number): TimelineEvent[] {
  return Array.from({ length: spans }, (_, n) => {
    const made = span(0, n, ORDER.value, n);
    const parent = n === 0 ? {} : { parentSpanId: hex((n - 1) >> 2, 16) };
    return made.span ? { ...made, span: { ...made.span, ...parent, traceId: hex(0, 32), spanId: hex(n, 16) } } : made;
  });
}

/** Lines of the order, of which one in three is a retry storm's: the same words again and again. */
export function aFloodOfLines(count: number): TimelineEvent[] {
  return Array.from({ length: count }, (_, n) => {
    const trace = Math.floor(n / SPANS_PER_TRACE);
    const made = line(trace, n % SPANS_PER_TRACE, ORDER.value, n);
    return n % 3 === 0 ? { ...made, text: `retry 3 of 5 for order_id=${ORDER.value}`, title: "retry 3 of 5" } : made;
  });
}

/** One batch trace over many orders, with three spans and a line each; the asked one is among them. */
export function aHub(orders: number): TimelineEvent[] {
  const events: TimelineEvent[] = [{ ...span(0, 0, "", 0), attributes: {} }];
  for (let n = 1; n <= orders; n++) {
    const order = n === 500 ? ORDER.value : String(700_000 + n);
    for (let step = 0; step < 3; step++) {
      const made = span(0, 0, order, n * 4 + step);
      const [parent, id] = step === 0 ? [hex(0, 16), hex(n * 4, 16)] : [hex(n * 4, 16), hex(n * 4 + step, 16)];
      const attributes = step === 0 ? made.attributes : {};
      if (made.span) events.push({ ...made, attributes, span: { ...made.span, parentSpanId: parent, spanId: id } });
    }
    events.push({ ...line(0, 0, order, n * 4 + 3), attributes: { trace_id: hex(0, 32), span_id: hex(n * 4, 16) } });
  }
  return events;
}

const hex = (n: number, width: number) => (n + 1).toString(16).padStart(width, "0");
const at = (n: number) => epochNsFromBigInt(BASE + BigInt(n) * 1_000_017n);

function span(trace: number, index: number, order: string, n: number): TimelineEvent {
  const parent = index === 0 ? {} : { parentSpanId: hex(trace * SPANS_PER_TRACE + ((index - 1) >> 1), 16) };
  return {
    ...common(n, "span", "tempo/main"),
    endedAtNs: at(n + 3),
    title: `PATCH /orders/{id} → ${index % 13 === 0 ? 500 : 200}`,
    outcome: index % 13 === 0 ? "error" : "ok",
    attributes: {
      "order.id": order,
      "http.request.method": "PATCH",
      "http.route": "/orders/{id}",
      "http.response.status_code": 200,
      "resource.k8s.pod.name": `order-service-${String(n % 7)}`,
      "resource.service.version": "2.14.0",
    },
    span: {
      traceId: hex(trace, 32),
      spanId: hex(trace * SPANS_PER_TRACE + index, 16),
      ...parent,
      spanKind: "server",
      durationNs: "3000000",
      links: [],
    },
  };
}

function line(trace: number, index: number, order: string, n: number): TimelineEvent {
  const text = `ts=2026-11-23T15:14:04.510Z level=info caller=orders/update.go:118 msg="shipping method updated" order_id=${order} from=standard to=express rev=${String(n)}`;
  return {
    ...common(n, "log", "loki/product"),
    title: "shipping method updated",
    text,
    attributes: {
      service_name: "order-service",
      env: "prod",
      trace_id: hex(trace, 32),
      span_id: hex(trace * SPANS_PER_TRACE + index, 16),
      level: "info",
      order_id: order,
      rev: n,
    },
  };
}

function common(n: number, kind: "span" | "log", source: "tempo/main" | "loki/product") {
  return {
    id: `${kind}-${String(n)}`,
    kind,
    happenedAtNs: at(n),
    rawService: ["order-service", "status-api", "storefront-api", "admin-web"][n % 4] ?? null,
    rawEnvironment: "prod",
    severity: "info" as const,
    outcome: "unknown" as const,
    sightings: [],
    source,
    links: [],
    context: false,
  };
}
