import { describe, expect, it } from "vitest";
import { aLine, aSpan, at, readBy, stitch, traceId } from "./testing/an-estate";

const ORDER = { kind: "order", value: "48192" };
const ids = (timeline: ReturnType<typeof stitch>) => timeline.rows.map((row) => row.event.id);

describe("stitchTimeline", () => {
  it("joins two traces that share only the order id, whole, in time order", () => {
    const events = [
      aSpan(1, 0, { rawService: "admin-web" }),
      aSpan(1, 1, { parent: 0, attributes: { "order.id": "48192" } }),
      aSpan(2, 0, { attributes: { orderId: 48192 } }),
      aSpan(2, 1, { parent: 0, outcome: "error" }),
    ];
    expect(ids(stitch([ORDER], readBy(ORDER, events)))).toEqual(["span-1-0", "span-1-1", "span-2-0", "span-2-1"]);
  });

  it("takes only the path of the asked order out of a batch trace, and says what was left out", () => {
    const batch = [aSpan(1, 0)];
    for (let n = 1; n <= 40; n++) {
      batch.push(aSpan(1, n * 2, { parent: 0, attributes: { "order.id": n === 7 ? "48192" : `9000${n}` } }));
      batch.push(aSpan(1, n * 2 + 1, { parent: n * 2 }));
    }
    const retry = aLine(5, "retry 3 of 5", { attributes: { trace_id: traceId(1), span_id: batch[0]!.span!.spanId } });
    const own = aLine(6, "imported", { attributes: { trace_id: traceId(1), span_id: batch[14]!.span!.spanId } });
    const timeline = stitch([ORDER], readBy(ORDER, [...batch, retry, own]));
    expect(ids(timeline).sort()).toEqual(["line-6", "span-1-0", "span-1-14", "span-1-15"]);
    expect(timeline.foreign).toBe(79);
    expect(timeline.gaps).toContainEqual(expect.objectContaining({ reason: "hub", shown: 4, total: 83 }));
  });

  it("does not show the lines of another order that came with the same search", () => {
    const timeline = stitch(
      [ORDER],
      readBy(ORDER, [aLine(1, "order #48192 saved"), aLine(2, "order #48193 saved"), aLine(3, "took 48192 ms")]),
    );
    expect(ids(timeline)).toEqual(["line-1"]);
    expect(timeline.gaps).toMatchObject([{ reason: "id-absent", total: 2 }]);
  });

  it("keeps a customer's account rows inside a trace of the order", () => {
    const events = [
      aSpan(1, 0, { attributes: { "order.id": "48192" } }),
      aSpan(1, 1, { parent: 0, attributes: { "account.id": "acct_2077" } }),
    ];
    const timeline = stitch([ORDER], readBy(ORDER, events));
    expect(ids(timeline)).toEqual(["span-1-0", "span-1-1"]);
    expect(timeline.keys).toContainEqual(
      expect.objectContaining({ id: "account:acct_2077", asked: false, followed: false, rows: 1 }),
    );
  });

  it("follows span links into another trace, in both directions", () => {
    const events = [
      aSpan(1, 0, { attributes: { "order.id": "48192" }, links: [2] }),
      aSpan(2, 0),
      aSpan(3, 0, { links: [1] }),
      aSpan(4, 0),
    ];
    expect(ids(stitch([ORDER], readBy(ORDER, events)))).toEqual(["span-1-0", "span-2-0", "span-3-0"]);
  });

  it("explains every row back to an asked key", () => {
    const line = aLine(1, "order #48192 saved", { attributes: { trace_id: traceId(1) } });
    const timeline = stitch([ORDER], readBy(ORDER, [line, aSpan(1, 0), aSpan(1, 1, { parent: 0 })]));
    const deepest = timeline.rows.at(-1);
    expect(deepest?.why.map((join) => [join.key?.kind, join.rule, join.throughEvent])).toEqual([
      ["order", "order id", undefined],
      ["trace", "trace id", "line-1"],
    ]);
  });

  it("keeps two events one nanosecond apart in order, and a parent before its child at the same instant", () => {
    const events = [
      aLine(1, "order 48192 second", { id: "b", happenedAtNs: at(1.000001) }),
      aLine(1, "order 48192 first", { id: "c", happenedAtNs: at(1) }),
      aSpan(1, 1, { id: "a-child", parent: 0, happenedAtNs: at(5), attributes: { "order.id": "48192" } }),
      aSpan(1, 0, { id: "z-parent", happenedAtNs: at(5) }),
    ];
    const timeline = stitch([ORDER], readBy(ORDER, events));
    expect(ids(timeline).slice(0, 2)).toEqual(["c", "b"]);
    expect(timeline.rows.find((row) => row.event.id === "a-child")?.depth).toBe(1);
  });

  it("shows context only for services the question touched, and marks it as context", () => {
    const alert = (service: string) =>
      aLine(9, "firing", { id: `alert-${service}`, kind: "alert", rawService: service, context: true });
    const timeline = stitch(
      [ORDER],
      readBy(ORDER, [aLine(1, "order #48192 saved", { rawService: "status-api" })]),
      readBy(undefined, [alert("status-api"), alert("billing")]),
    );
    expect(ids(timeline)).toEqual(["line-1", "alert-status-api"]);
    expect(timeline.rows[1]?.why).toMatchObject([{ confidence: "context" }]);
  });

  it("names the first failing row and the staff action before it, without claiming a cause", () => {
    const timeline = stitch(
      [ORDER],
      readBy(ORDER, [
        aLine(1, "order #48192 changed", { kind: "staff-action", rawService: "admin-web" }),
        aLine(2, "order #48192 broken", { outcome: "error" }),
      ]),
    );
    const said = timeline.findings.map(({ kind, level, sharedKeyKind }) => [kind, level, sharedKeyKind]);
    expect(said).toContainEqual(["first-symptom", "observed", undefined]);
    expect(said).toContainEqual(["staff-impact", "likely", "order"]);
  });

  it("asks an account for its orders, but never an order for the orders beside it", () => {
    const both = readBy(undefined, [
      aLine(1, "account acct_2077 placed order 48192 and order 48193", { context: false }),
    ]);
    expect(stitch([{ kind: "account", value: "acct_2077" }], both).follow.map((f) => f.id)).toEqual([
      "account:acct_2077",
      "order:48192",
      "order:48193",
    ]);
    expect(stitch([ORDER], both).follow.map((f) => f.id)).toEqual(["order:48192"]);
  });
});
