import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TimelineStore } from "@/lib/client/timeline-store";
import type { TimelineFrame } from "@/lib/contract/timeline-answer";
import { aRunningIncident, type PlannedRecord } from "./testing/a-running-incident";

const rowsOf = (frames: readonly TimelineFrame[]) =>
  frames.flatMap((frame) => (frame.type === "rows" ? frame.rows.map((row) => row.title) : []));
const lastGaps = (frames: readonly TimelineFrame[]) =>
  frames.flatMap((frame) => (frame.type === "gaps" ? [frame.gaps.map((gap) => gap.reason)] : [])).at(-1);
const until = (ms: number) => (_: TimelineFrame, atMs: number) => atMs >= ms;
const OLD = { happenedAt: -60_000, hasItAt: -60_000 };

describe("followTimeline", () => {
  it("settles after the first answer and sends a row within five seconds of the backend having it", async () => {
    const { follow } = aRunningIncident([OLD, { happenedAt: 19_900, hasItAt: 20_000 }]);
    const types: string[] = [];
    let seenAtMs = 0;
    await follow((frame, atMs) => {
      types.push(frame.type);
      if (frame.type === "rows" && frame.rows.some((row) => row.title.endsWith("step 1"))) seenAtMs = atMs;
      return atMs >= 30_000;
    });
    expect(types.indexOf("settled")).toBeGreaterThan(types.indexOf("rows"));
    expect(seenAtMs).toBeGreaterThanOrEqual(20_000);
    expect(seenAtMs).toBeLessThanOrEqual(25_000);
    expect(types).not.toContain("end");
  });

  it("finds a record that arrives minutes late, and sends nothing that did not change", async () => {
    const { follow } = aRunningIncident([OLD, { happenedAt: -1_000, hasItAt: 240_000 }]);
    const frames = await follow(until(300_000));
    expect(rowsOf(frames)).toEqual(["order 48192 step 0", "order 48192 step 1"]);
  });

  it("says how far it has looked, and never goes back", async () => {
    const frames = await aRunningIncident([OLD], (atMs) => atMs > 5_000 && atMs < 20_000).follow(until(60_000));
    const upTo = frames.flatMap((frame) => (frame.type === "settled" ? [frame.upTo] : []));
    expect(upTo.length).toBeGreaterThan(10);
    expect(upTo).toEqual([...upTo].sort());
  });

  it("shows a source that dies as a gap, keeps its rows, and brings what it missed when it is back", async () => {
    const during = { happenedAt: 20_000, hasItAt: 20_000 };
    const { follow } = aRunningIncident([OLD, during], (atMs) => atMs > 10_000 && atMs < 40_000);
    let whileDown: string[] | undefined;
    const frames = await follow((frame, atMs) => {
      if (frame.type === "gaps" && atMs < 40_000) whileDown = frame.gaps.map((gap) => gap.reason);
      return atMs >= 60_000;
    });
    expect(whileDown).toContain("refused");
    expect(lastGaps(frames)).not.toContain("refused");
    expect(rowsOf(frames)).toEqual(["order 48192 step 0", "order 48192 step 1"]);
  });

  it("recovers a source that was down when the question was asked", async () => {
    const frames = await aRunningIncident([OLD], (atMs) => atMs < 15_000).follow(until(45_000));
    expect(rowsOf(frames)).toEqual(["order 48192 step 0"]);
    expect(lastGaps(frames)).not.toContain("refused");
  });

  it("asks a new trace in full and goes on until nothing of it is new", async () => {
    const traceId = "786fbf4bd8880b5a6d519ffff6f62781";
    const { follow, asked } = aRunningIncident([OLD, { happenedAt: 10_000, hasItAt: 10_000, traceId }]);
    await follow(until(200_000));
    const traces = asked.filter((request) => request.kind === "trace" && request.traceId === traceId);
    expect(traces.length).toBeGreaterThan(5);
    expect(traces.length).toBeLessThan(30);
  });

  it("asks nothing more once the reader has left", async () => {
    const { follow, asked, at } = aRunningIncident([OLD]);
    await follow((frame) => frame.type === "settled");
    const before = asked.length;
    await new Promise(setImmediate);
    expect([asked.length, at() < 1_000]).toEqual([before, true]);
  });

  it("looks at a key about thirty times a minute", async () => {
    const { follow, asked } = aRunningIncident([OLD]);
    await follow(until(60_000));
    const looks = asked.filter((request) => request.kind === "by-key").length;
    expect(looks).toBeGreaterThanOrEqual(24);
    expect(looks).toBeLessThanOrEqual(31);
  });

  it("ends after an hour, so that the reader asks anew", async () => {
    const frames = await aRunningIncident([OLD]).follow(() => false);
    expect(frames.at(-1)?.type).toBe("end");
  });

  it("ends up with the rows of a fresh question, whatever arrives when and however often the connection is lost", async () => {
    const record = fc.record({
      happenedAt: fc.integer({ min: -300_000, max: 60_000 }),
      lateBy: fc.integer({ min: 0, max: 200_000 }),
      traceId: fc.constantFrom(undefined, "786fbf4bd8880b5a6d519ffff6f62781", "1bcf35a5d1b2f1d5c9ea7c9e4f5a6b70"),
    });
    const property = fc.asyncProperty(
      fc.array(record, { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 250_000 }), { maxLength: 3 }),
      fc.integer({ min: 0, max: 250_000 }),
      async (planned, cuts, downAt) => {
        const records = planned.map(({ happenedAt, lateBy, traceId }): PlannedRecord => ({
          happenedAt,
          hasItAt: happenedAt + lateBy,
          ...(traceId === undefined ? {} : { traceId }),
        }));
        const isDown = (atMs: number) => atMs >= downAt && atMs < downAt + 20_000;
        const incident = aRunningIncident(records, isDown);
        const store = new TimelineStore((flush) => {
          flush();
        });
        for (const stopAt of [...cuts.sort((a, b) => a - b), 330_000]) {
          store.connect(true);
          await incident.follow((frame, atMs) => {
            store.apply(frame);
            return atMs >= stopAt;
          });
          store.end({ kind: "cut-off" });
        }
        const fresh = (await incident.askAfresh()).map(({ id, title }) => [id, title]);
        expect(store.getSnapshot().rows.map(({ id, title }) => [id, title])).toEqual(fresh);
      },
    );
    await fc.assert(property, { numRuns: 15 });
  });
});
