import { describe, expect, it } from "vitest";
import { MECHANISMS } from "@/demo/months/month-rules";
import { simulateMonth } from "@/demo/months/simulate-month";
import { NoiseSettings } from "@/lib/domain/noise-settings";
import { measureMonth } from "@/lib/noise/measure-month";
import { monthInput } from "./month-input";
import { scoreMonth } from "./score-month";
import { scoreWeak } from "./score-weak";

const month = simulateMonth({ seed: "score", month: "2026-10" });
const seen = monthInput(month);
const { report, rowsOf } = measureMonth(seen.input, NoiseSettings.parse({}));

describe("the score of a month", () => {
  it("knows of something planted by every mechanism", () => {
    const { mechanisms } = scoreMonth(month, seen, report, 0.05);
    expect(MECHANISMS.filter((name) => mechanisms[name].of === 0)).toEqual([]);
  });

  it("finds nothing in a report that says nothing", () => {
    const faults = { fires: 0, episodes: 0, pages: 0 };
    const silent = { ...report, rules: [], cofiring: [], cofiringGroups: null, totals: { ...report.totals, faults } };
    const { mechanisms, families, intervals } = scoreMonth(month, seen, silent, 0.05);
    expect(families.found).toBe(0);
    expect(MECHANISMS.map((name) => mechanisms[name].found)).toEqual(MECHANISMS.map(() => 0));
    expect(intervals.of).toBe(0);
  });

  it("sees each planted family, one of three rules among them, as one group led by its cause", () => {
    expect(scoreMonth(month, seen, report, 0.05).families).toEqual({ found: 6, of: 6 });
    const [largest] = report.cofiringGroups?.groups ?? [];
    expect(largest).toMatchObject({
      rules: ["ProfileApiUpstream", "RecommendationsEmpty", "SessionStoreFailover"],
      lead: "SessionStoreFailover",
    });
  });

  it("notices a useful rule among those to retire", () => {
    const rules = report.rules.map((rule) => ({ ...rule, standing: "retire" as const }));
    const { wronglyRetired } = scoreMonth(month, seen, { ...report, rules }, 0.05);
    expect(wronglyRetired.map(({ name }) => name)).toContain("PricingLatencyHigh");
    expect(wronglyRetired.map(({ name }) => name)).not.toContain("SearchApiCpuThrottled");
  });

  it("holds weak labels against what is true", () => {
    const { actionable, noise } = scoreWeak(seen, rowsOf);
    expect(actionable.of + noise.of).toBe((report.weak?.actionable ?? 0) + (report.weak?.noise ?? 0));
    expect(noise.found / noise.of).toBeGreaterThan(0.9);
  });

  it("hands on only what a notification told", () => {
    const told = new Set(month.truth.told.filter(({ lost }) => !lost).flatMap(({ firing }) => firing));
    expect(seen.input.fires.length).toBe(told.size);
    expect(told.size).toBeLessThan(month.truth.fires.length);
  });
});
