import { describe, expect, it } from "vitest";
import { evaluateRule } from "./evaluate-rule";

const seconds = (from: number, to: number) => ({ fromMs: from * 1_000, toMs: to * 1_000 });
const waits = { forSeconds: 60, keepFiringSeconds: 0 };
const spans = (fires: ReturnType<typeof evaluateRule>) =>
  fires.map(({ startMs, endMs }) => [startMs / 1_000, endMs / 1_000]);

describe("a rule over its condition", () => {
  it("fires once the condition has held for the wait, and ends at the first evaluation without it", () => {
    expect(spans(evaluateRule(waits, [seconds(10, 200)], 0))).toEqual([[90, 210]]);
  });

  it("does not fire for what is over before the wait, nor for what no evaluation saw", () => {
    expect(evaluateRule(waits, [seconds(10, 80), seconds(301, 329)], 0)).toEqual([]);
  });

  it("waits anew after a single evaluation without the condition", () => {
    expect(spans(evaluateRule(waits, [seconds(0, 60), seconds(70, 200)], 0))).toEqual([[150, 210]]);
  });

  it("sees a gap between two evaluations not at all", () => {
    expect(spans(evaluateRule(waits, [seconds(0, 61), seconds(80, 200)], 0))).toEqual([[60, 210]]);
  });

  it("keeps firing without a new wait when the condition comes back in time", () => {
    const kept = { forSeconds: 60, keepFiringSeconds: 120 };
    expect(spans(evaluateRule(kept, [seconds(0, 90), seconds(150, 270)], 0))).toEqual([[60, 390]]);
    expect(spans(evaluateRule(kept, [seconds(0, 90), seconds(300, 420)], 0))).toEqual([
      [60, 210],
      [360, 540],
    ]);
  });
});
