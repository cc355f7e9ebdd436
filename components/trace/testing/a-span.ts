/** Rows of one trace for tests: times in microseconds from a fixed start. */
import { anEventView } from "@/lib/client/testing/an-event-view";
import type { EventView } from "@/lib/contract/event-view";

export const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const ORIGIN_NS = 1_795_428_843_012_000_000n;

interface SpanPlan {
  readonly id: number;
  readonly parent?: number;
  readonly from: number;
  readonly to: number;
  readonly service?: string | null;
  readonly kind?: string;
  readonly failed?: boolean;
  readonly over?: Partial<EventView>;
}

export function aSpan({ id, parent, from, to, service = "order-service", kind = "internal", failed, over }: SpanPlan) {
  return anEventView({
    id: `span-${String(id)}-${kind}-${String(from)}`,
    kind: "span",
    source: "tempo",
    seenIn: ["tempo"],
    happenedAtNs: atNs(from),
    durationNs: String(BigInt(Math.round((to - from) * 1000))),
    service,
    title: `step ${String(id)}`,
    outcome: failed ? "error" : "ok",
    span: {
      traceId: TRACE,
      spanId: spanId(id),
      ...(parent === undefined ? {} : { parentSpanId: spanId(parent) }),
      spanKind: kind,
    },
    ...over,
  });
}

export function aLine(id: string, at: number, span: number | undefined, over: Partial<EventView> = {}): EventView {
  const attribute = (value: string) => ({ value, class: "telemetry-id", treatment: "show" }) as const;
  return anEventView({
    id,
    happenedAtNs: atNs(at),
    title: `line ${id}`,
    attributes: { trace_id: attribute(TRACE), ...(span === undefined ? {} : { span_id: attribute(spanId(span)) }) },
    ...over,
  });
}

/** An exception as a span's own event: it bears the id of the fact where a span has its own. */
export function anException(id: string, at: number, span: number): EventView {
  return anEventView({
    id,
    kind: "error",
    source: "tempo",
    outcome: "error",
    happenedAtNs: atNs(at),
    title: `exception ${id}`,
    durationNs: "0",
    span: { traceId: TRACE, spanId: "cq3Gm9Zc0", parentSpanId: spanId(span), spanKind: "internal" },
  });
}

export function spanId(id: number): string {
  return (id + 1).toString(16).padStart(16, "0");
}

export function atNs(us: number): string {
  return String(ORIGIN_NS + BigInt(Math.round(us * 1000)));
}
