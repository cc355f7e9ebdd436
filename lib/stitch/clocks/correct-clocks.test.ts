import { describe, expect, it } from "vitest";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { aCall, aLine, anAlert, anException, at, context, readBy, stitch, traceId } from "../testing/an-estate";

const ORDER = { kind: "order", value: "48192" };

function timelineOf(events: readonly TimelineEvent[], around: readonly TimelineEvent[] = []) {
  return stitch([ORDER], readBy(ORDER, events), context(around));
}

/** Event id → milliseconds added, for rows whose clock is mentioned. */
function offsets(events: readonly TimelineEvent[]) {
  return Object.fromEntries(
    timelineOf(events).rows.flatMap((row) =>
      row.clock ? [[row.event.id, row.clock.state === "corrected" ? Number(row.clock.offsetNs) / 1e6 : null]] : [],
    ),
  );
}

describe("clocks", () => {
  it("are left alone when every child lies inside its parent", () => {
    expect(offsets(aCall(1, { skewMs: 0 }))).toEqual({});
  });

  it("are left alone for less than a millisecond", () => {
    expect(offsets(aCall(1, { skewMs: -20.5 }))).toEqual({});
  });

  it.each([-300_000, -50, 70, 300_000])("%d ms off are put right by the middle of the bounds", (skewMs) => {
    expect(offsets(aCall(1, { skewMs }))).toEqual({ "span-1-1": -skewMs });
  });

  it("take the hosts that agree as right, whoever of them called", () => {
    const [page, storefront] = aCall(1, { skewMs: 240_000, callerHost: "phone", host: "node-a" });
    const [call, status] = aCall(2, { callerHost: "node-a", host: "node-b" });
    const events = [page!, storefront!, call!, status!];
    expect(offsets(events)).toEqual({ "span-1-0": 240_000 });
  });

  it("move the lines of the host too, whether they name it, its pod, a span or only their service", () => {
    const moved = (attributes: Record<string, string>) =>
      aLine(1, "order 48192 read", { rawService: "status-api", attributes });
    const calls = aCall(1, { skewMs: -60_000 });
    const lines = [
      moved({ host_name: "node-b" }),
      moved({ pod: "node-b-pod" }),
      moved({ trace_id: traceId(1), span_id: calls[1]!.span!.spanId }),
      moved({}),
      moved({ host_name: "node-c" }),
      aLine(1, "order 48192 asked for", { rawService: "storefront-api" }),
    ].map((line, n) => ({ ...line, id: `line-${n}` }));
    expect(offsets([...calls, ...lines])).toEqual({
      "span-1-1": 60_000,
      "line-0": 60_000,
      "line-1": 60_000,
      "line-2": 60_000,
      "line-3": 60_000,
    });
  });

  it("reach hosts that are only called by a host that is off", () => {
    const first = aCall(1, { skewMs: -60_000, host: "node-b" });
    const second = aCall(2, { startMs: -60_000, skewMs: -10_000, callerHost: "node-b", host: "node-c" });
    const more = aCall(3, { host: "node-d" });
    expect(offsets([...first, ...second, ...more])).toEqual({
      "span-1-1": 60_000,
      "span-2-0": 60_000,
      "span-2-1": 70_000,
    });
  });

  it("that contradict themselves are marked, not moved, and counted", () => {
    const early = aCall(1, { skewMs: -60_000 });
    const late = aCall(2, { startMs: 5_000, skewMs: 60_000 });
    const timeline = timelineOf([...early, ...late]);
    const marked = timeline.rows.filter((row) => row.clock);
    expect(marked.map((row) => [row.event.id, row.clock?.state, row.orderNs === row.event.happenedAtNs])).toEqual([
      ["span-1-1", "uncorrectable", true],
      ["span-2-1", "uncorrectable", true],
    ]);
    expect(timeline.gaps).toContainEqual(expect.objectContaining({ reason: "clock-skew", shown: 2, total: 4 }));
  });

  it("more than ten minutes off are marked, not moved", () => {
    expect(offsets(aCall(1, { skewMs: -600_100 }))).toEqual({ "span-1-1": null });
  });

  it("are not judged by a consumer that took its message late", () => {
    const [producer, consumer] = aCall(1, { skewMs: 3_600_000, kinds: ["producer", "consumer"] });
    expect(offsets([producer!, consumer!])).toEqual({});
  });

  it("are moved no further than needed where only a start bounds them", () => {
    expect(offsets(aCall(1, { skewMs: -60_020, kinds: ["producer", "consumer"] }))).toEqual({ "span-1-1": 60_000 });
  });

  it("are not judged by one call whose client gave up waiting", () => {
    const calls = [1, 2, 3, 4].flatMap((trace) => aCall(trace, { startMs: trace * 1000, skewMs: 0 }));
    expect(offsets([...calls, ...aCall(5, { startMs: 9_000, skewMs: 500 })])).toEqual({});
  });

  it("of servers of alerts and of a tracker that keeps its own time are not touched", () => {
    const calls = aCall(1, { skewMs: -60_000 });
    const error = anException("sentry/main", 30, { span: calls[1]!, message: "broken" });
    const rows = timelineOf([...calls, error], [anAlert("alertmanager/main", 0)]).rows;
    expect(rows.filter((row) => row.clock).map((row) => row.event.id)).toEqual(["span-1-1"]);
  });

  it("of a tracker that took over the host's time are put right with the host", () => {
    const calls = aCall(1, { skewMs: -60_000 });
    const error = anException("sentry/main", -59_970, { span: calls[1]!, message: "broken" });
    expect(offsets([...calls, error])).toEqual({ "span-1-1": 60_000, [error.id]: 60_000 });
  });

  it("name host and reference, and keep the raw time", () => {
    const row = timelineOf(aCall(1, { skewMs: -60_000 })).rows[1];
    expect(row).toMatchObject({
      clock: { host: "node-b", reference: "node-a", pairs: 1 },
      event: { happenedAtNs: at(-59_980) },
      orderNs: at(20),
      causal: false,
    });
  });
});
