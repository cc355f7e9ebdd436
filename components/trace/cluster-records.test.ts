import { describe, expect, it } from "vitest";
import { clusterRecords } from "./cluster-records";
import { aLine } from "./testing/a-span";

const WINDOW = { fromUs: 0, toUs: 1000 };
const record = (atUs: number, failed = false) => ({
  row: aLine(String(atUs), atUs, 0, { outcome: failed ? "error" : "ok" }),
  spanId: undefined,
  atUs,
});

describe("clusterRecords", () => {
  it("keeps records apart that stand apart", () => {
    expect(clusterRecords([record(100), record(500)], WINDOW, 0.02)).toEqual([
      { at: 0.1, count: 1, failed: false },
      { at: 0.5, count: 1, failed: false },
    ]);
  });

  it("makes one of records that would overlap, an error if one of them is", () => {
    const close = [record(100), record(105), record(110, true)];
    expect(clusterRecords(close, WINDOW, 0.02)).toEqual([{ at: 0.1, count: 3, failed: true }]);
  });

  it("takes them apart again when zoomed in", () => {
    expect(clusterRecords([record(100), record(105)], { fromUs: 95, toUs: 115 }, 0.02)).toHaveLength(2);
  });

  it("leaves out what lies outside the window", () => {
    expect(clusterRecords([record(-5), record(2000)], WINDOW, 0.02)).toEqual([]);
  });
});
