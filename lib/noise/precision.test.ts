import { describe, expect, it } from "vitest";
import { betaQuantile } from "./beta-quantile";
import { wilson } from "./estimates";
import { shownShare, shrunk, standingOf } from "./precision";
import { SETTINGS } from "./testing/a-month";

const shown = (k: number, n: number, mean: number) =>
  shownShare({ n, effective: n }, k, k, { mean, strength: 4 }, SETTINGS);

const percent = (share: number) => Math.round(100 * share);

describe("betaQuantile", () => {
  it.each([
    // Clopper and Pearson's interval of 4 in 20, and of 10 in 10.
    [0.025, 4, 17, 0.0573],
    [0.975, 5, 16, 0.4366],
    [0.025, 10, 1, 0.6915],
    // The arcsine law, and a polynomial: 3x² - 2x³ at its middle.
    [0.25, 0.5, 0.5, 0.1464],
    [0.5, 2, 2, 0.5],
    // Jeffreys' upper bound of 0 in 5.
    [0.975, 0.5, 5.5, 0.3794],
  ])("at %d of Beta(%d, %d) is %d", (p, a, b, expected) => {
    expect(betaQuantile(p, a, b)).toBeCloseTo(expected, 4);
  });
});

describe("worth of a rule from few verdicts", () => {
  it.each([
    [1, 1, [21, 100], [48, 15, 82]],
    [0, 1, [0, 79], [28, 4, 63]],
    [3, 3, [44, 100], [63, 33, 89]],
    [10, 10, [72, 100], [81, 63, 95]],
  ])("is for %d of %d shrunk to the prior of 35 %%", (k, n, [low, high], expected) => {
    const raw = wilson(k, n);
    expect([percent(raw.low), percent(raw.high)]).toEqual([low, high]);
    const { mean, low: least, high: most } = shrunk(k, n, { mean: 0.35, strength: 4 });
    expect([mean, least, most].map(percent)).toEqual(expected);
  });

  it("keeps 0 of 5 within Wilson's 43 %", () => {
    expect(percent(wilson(0, 5).high)).toBe(43);
  });

  it("shows no share of four verdicts, and one of five", () => {
    expect(shown(4, 4, 0.5)).toMatchObject({
      value: null,
      why: "too few verdicts (4 of 4)",
    });
    expect(shown(5, 5, 0.5).value).toBeCloseTo(7 / 9, 10);
  });

  it("retires by the upper bound, trusts by the lower one, and asks between", () => {
    expect(standingOf(shown(0, 10, 0.3))).toBe("retire");
    expect(standingOf(shown(40, 40, 0.9))).toBe("trusted");
    expect(standingOf(shown(5, 10, 0.5))).toBe("ask");
    expect(standingOf(shown(0, 2, 0.3))).toBe("too-few");
  });
});
