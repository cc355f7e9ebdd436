/** What the charts of a review find, with data, with thin data and with none. */
import { describe, expect, it } from "vitest";
import { prepareDetectors } from "./prepare-detectors";
import { prepareForest } from "./prepare-forest";
import { prepareHeatMap } from "./prepare-heat-map";
import { preparePareto } from "./prepare-pareto";
import { prepareShiftLoad } from "./prepare-shift-load";
import { prepareTrend } from "./prepare-trend";
import { ruleLine, sampleReport } from "@/lib/contract/testing/sample-report";

const unknown = { value: null, low: null, high: null, n: 0, why: "nothing to compare" };

describe("the Pareto of noise", () => {
  it("shows the ten costliest rules and the rest as one bar that adds up to the total", () => {
    const rules = Array.from({ length: 13 }, (_, index) => ruleLine(`rule-${String(index)}`, { noiseMinutes: 10 }));
    const pareto = preparePareto(sampleReport({ rules }));
    expect(pareto.bars).toHaveLength(11);
    expect(pareto.bars.at(-1)).toMatchObject({ name: "3 other rules", noiseMinutes: 30, runningShare: 1 });
    expect(pareto.bars.reduce((total, bar) => total + bar.noiseMinutes, 0)).toBe(pareto.totalMinutes);
  });
  it("names how few rules make half of it", () => {
    const rules = [ruleLine("loud", { noiseMinutes: 600 }), ruleLine("quiet", { noiseMinutes: 20 })];
    expect(preparePareto(sampleReport({ rules })).finding).toBe("One rule makes half of 10 h 20 min of noise");
  });
  it("draws nothing when nothing cost anything", () => {
    expect(preparePareto(sampleReport({ rules: [ruleLine("a", {})] }))).toMatchObject({
      bars: [],
      finding: "No noise was measured",
    });
  });
});

describe("the forest of precision", () => {
  it("leaves rules without a verdict out and counts them", () => {
    const judged = ruleLine("judged", {
      worthPaging: { value: 0.2, low: 0.1, high: 0.4, n: 9, why: "" },
      standing: "retire",
    });
    const forest = prepareForest([judged, ruleLine("silent", {})]);
    expect(forest.lines.map(({ rule }) => rule)).toEqual(["judged"]);
    expect(forest.unjudged).toBe(1);
    expect(forest.finding).toContain("1 rule is more likely noise");
  });
  it("keeps a rule with few verdicts without a point, with the reason", () => {
    const few = ruleLine("few", {
      worthPaging: { value: null, low: null, high: null, n: 2, why: "too few verdicts (1 of 2)" },
    });
    expect(prepareForest([few]).lines[0]).toMatchObject({ value: null, why: "too few verdicts (1 of 2)" });
  });
});

describe("the heat map", () => {
  it("has every hour of the week, empty ones too, and says how much came in sleeping hours", () => {
    const heat = prepareHeatMap([
      { weekday: 7, hour: 3, pages: 3, sleep: true },
      { weekday: 1, hour: 10, pages: 1, sleep: false },
    ]);
    expect(heat.days.flatMap(({ cells }) => cells)).toHaveLength(168);
    expect(heat.finding).toBe("3 of 4 pages came in sleeping hours (75 %)");
    expect(heat.days[6]?.cells[3]?.strength).toBe(1);
  });
});

describe("load per shift", () => {
  it("marks what is over the target and keeps empty bins", () => {
    const load = prepareShiftLoad(
      {
        slices: [
          { clusters: 0, slices: 5 },
          { clusters: 3, slices: 1 },
        ],
        overTarget: { ...unknown, value: 1 / 6, low: 0.01, high: 0.4, why: "" },
        most: 3,
        people: 6,
      },
      2,
    );
    expect(load.bars.map(({ slices, over }) => [slices, over])).toEqual([
      [5, false],
      [0, false],
      [0, false],
      [1, true],
    ]);
    expect(load.finding).toBe("17 % (1–40) of shifts had more than 2 clusters");
  });
  it("says that hours are not known", () => {
    expect(prepareShiftLoad({ slices: [], overTarget: unknown, most: 0, people: 0 }, 2).finding).toContain("not known");
  });
});

describe("the trend", () => {
  const day = { day: "2026-10-01", clusters: 2, rate: 2, low: 1, high: 3 };
  it("does not call a change what may be chance", () => {
    const ratio = { value: 0.7, low: 0.47, high: 1.04, n: 102, why: "" };
    const trend = prepareTrend({ unit: "per-day", days: [day], ruleChanges: [], ratio, parts: null }, false);
    expect(trend.finding).toContain("No clear change");
    expect(trend.legend).toContain("not known");
  });
  it("joins the rule changes of a day", () => {
    const changes = [
      { day: "2026-10-01", rule: "B", kind: "new" as const },
      { day: "2026-10-01", rule: "A", kind: "removed" as const },
    ];
    const trend = prepareTrend(
      { unit: "per-day", days: [day], ruleChanges: changes, ratio: unknown, parts: null },
      true,
    );
    expect(trend.marks).toEqual([{ day: "2026-10-01", words: "B new, A removed" }]);
    expect(trend.finding).toContain("nothing to compare");
  });
});

describe("who knew first", () => {
  it("counts customers against all, those not known included", () => {
    const { recall } = sampleReport({});
    const detectors = prepareDetectors({
      ...recall,
      impacts: 4,
      firstDetector: [
        { detector: "customer", impacts: 1 },
        { detector: "page", impacts: 2 },
        { detector: "unknown", impacts: 1 },
      ],
    });
    expect(detectors.finding).toBe("Customers knew first 1 of 4 times");
    expect(detectors.parts.reduce((total, part) => total + part.share, 0)).toBeCloseTo(1);
  });
});
