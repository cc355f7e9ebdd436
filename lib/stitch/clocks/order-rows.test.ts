import { describe, expect, it } from "vitest";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { aLine, anException, aSpan, at, readBy, stitch, traceId } from "../testing/an-estate";

const ORDER = { kind: "order", value: "48192" };
const own = { "order.id": "48192" };

function placed(events: readonly TimelineEvent[]) {
  return stitch([ORDER], readBy(ORDER, events)).rows.map((row) => [row.event.id, row.orderNs, row.causal]);
}

describe("the order of rows", () => {
  it("puts a parent before its child where one clock says otherwise", () => {
    const parent = aSpan(1, 0, { happenedAtNs: at(10), attributes: own });
    const child = aSpan(1, 1, { parent: 0, happenedAtNs: at(4) });
    expect(placed([child, parent])).toEqual([
      ["span-1-0", at(10), false],
      ["span-1-1", at(10), true],
    ]);
  });

  it("puts a line and an error after the start of the span they were written in", () => {
    const span = aSpan(1, 0, { happenedAtNs: at(10), attributes: own });
    const line = aLine(9, "saved", { attributes: { trace_id: traceId(1), span_id: span.span!.spanId } });
    const error = anException("sentry/main", 8, { span, message: "broken" });
    expect(placed([error, line, span])).toEqual([
      ["span-1-0", at(10), false],
      ["line-9", at(10), true],
      [error.id, at(10), true],
    ]);
  });

  it("puts what was done inside a span after the span, although such rows come first at one instant", () => {
    const span = aSpan(1, 0, { happenedAtNs: at(10), attributes: own });
    const inSpan = { trace_id: traceId(1), span_id: span.span!.spanId };
    const action = aLine(9, "changed", { kind: "staff-action", attributes: inSpan });
    expect(placed([action, span])).toEqual([
      ["span-1-0", at(10), false],
      ["line-9", at(10.000001), true],
    ]);
  });

  it("puts a producer before its consumer in another trace", () => {
    const sent = aSpan(1, 0, { happenedAtNs: at(10), attributes: own });
    const taken = aSpan(2, 0, { happenedAtNs: at(3), links: [1] });
    const consumer = aSpan(2, 0, { happenedAtNs: at(3), links: [1], spanKind: "consumer" });
    expect(placed([consumer, sent]).map(([id]) => id)).toEqual(["span-1-0", "span-2-0"]);
    expect(placed([taken, sent]).map(([id]) => id)).toEqual(["span-2-0", "span-1-0"]);
  });

  it("comes to an end when parents form a circle", () => {
    const events = [0, 1, 2].map((n) => aSpan(1, n, { parent: (n + 1) % 3, attributes: own, happenedAtNs: at(n) }));
    expect(placed([...events].reverse())).toEqual(placed(events));
  });

  it("handles a chain of 20,000 spans that all claim the same instant", () => {
    const chain = Array.from({ length: 20_000 }, (_, n) =>
      aSpan(1, n, {
        ...(n === 0 ? { attributes: own } : { parent: n - 1 }),
        happenedAtNs: at(5),
        title: `s${"x".repeat(n % 7)}`,
      }),
    );
    const ids = placed([...chain].reverse()).map(([id]) => id);
    expect([ids[0], ids[1000], ids[19_999]]).toEqual(["span-1-0", "span-1-1000", "span-1-19999"]);
  });
});
