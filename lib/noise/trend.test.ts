import { describe, expect, it } from "vitest";
import { changeOf, dispersion, rateRatio } from "./estimates";
import { measureMonth } from "./measure-month";
import { kendallTau } from "./noise-cost";
import { chapman } from "./recall";
import { aFire, aMonth, aShift, HOUR, MONDAY, SETTINGS } from "./testing/a-month";

const rounded = (old: number, now: number, phi: number) => {
  const { value, low, high } = rateRatio({ count: old, exposure: 1 }, { count: now, exposure: 1 }, phi);
  return [value, low, high].map((part) => Math.round((part ?? 0) * 100) / 100);
};

describe("rateRatio", () => {
  it.each([
    [100, 70, 1, [0.7, 0.52, 0.95]],
    [60, 42, 1, [0.7, 0.47, 1.04]],
    [100, 70, 3, [0.7, 0.41, 1.19]],
  ])("from %d to %d with dispersion %d", (old, now, phi, expected) => {
    expect(rounded(old, now, phi)).toEqual(expected);
  });

  it("proves nothing when its interval holds 1", () => {
    const ratio = (old: number, now: number) => rateRatio({ count: old, exposure: 1 }, { count: now, exposure: 1 }, 1);
    expect(changeOf(ratio(100, 70))).toBe("lower");
    expect(changeOf(ratio(60, 42))).toBe("no-clear-change");
    expect(changeOf(ratio(0, 42))).toBe("not-known");
  });
});

describe("the change from the month before", () => {
  it("is split into four parts that add up", () => {
    const starts = (rule: string, count: number, from: number) =>
      Array.from({ length: count }, (_, i) =>
        aFire(`${rule}-${from}-${i}`, from + i * HOUR, { rule, name: rule, service: rule }),
      );
    const named = (fires: ReturnType<typeof starts>, name: string) => fires.map((fire) => ({ ...fire, name }));
    const september = Date.parse("2026-09-07T14:00:00Z");
    const { before: _, ...earlier } = aMonth({
      month: "2026-09",
      from: new Date("2026-09-01T00:00:00Z"),
      to: new Date("2026-10-01T00:00:00Z"),
      fires: [
        ...starts("stays", 5, september),
        ...starts("gone", 4, september),
        ...named(starts("old-uid", 3, september), "Renamed"),
      ],
    });
    const change = (rule: string, kind: "new" | "removed") => ({ rule, kind, at: new Date("2026-10-02T00:00:00Z") });
    const now = aMonth({
      fires: [
        ...starts("stays", 8, MONDAY),
        ...starts("fresh", 2, MONDAY),
        ...named(starts("new-uid", 4, MONDAY), "Renamed"),
        ...starts("rare", 1, MONDAY),
      ],
      ruleChanges: [
        change("fresh", "new"),
        change("gone", "removed"),
        change("old-uid", "removed"),
        change("new-uid", "new"),
      ],
      before: earlier,
    });
    const { trend, totals } = measureMonth(now, SETTINGS).report;
    // A rule that nobody says is new was quiet before: volume.
    expect(trend.parts).toEqual({ added: 2, removed: -4, volume: 3 + 1, renamed: 1 });
    expect(totals.clusters - 12).toBe(2 - 4 + 4 + 1);
  });

  it("is a rate by on-call hours, overlaps of one person counted once", () => {
    const shifts = [
      aShift("ana", "2026-10-05T08:00:00Z", "2026-10-05T20:00:00Z"),
      aShift("ana", "2026-10-05T10:00:00Z", "2026-10-05T18:00:00Z"),
    ];
    const { trend } = measureMonth(aMonth({ fires: [aFire("f", MONDAY)], shifts }), SETTINGS).report;
    expect(trend.unit).toBe("per-100-on-call-hours");
    expect(trend.days.find(({ day }) => day === "2026-10-05")).toMatchObject({ clusters: 1, rate: 1 / 0.12 });
    expect(trend.days.find(({ day }) => day === "2026-10-06")).toMatchObject({ clusters: 0, rate: null });
  });
});

describe("small formulas", () => {
  it("are those of the books", () => {
    expect(dispersion([1, 1, 1])).toBe(1);
    expect(dispersion([0, 0, 6])).toBe(6);
    expect(chapman(10, 6, 4)).toBeCloseTo(14.4, 10);
    expect(kendallTau([4, 3, 2, 1], [4, 3, 1, 2])).toBeCloseTo(2 / 3, 10);
    expect(kendallTau([1], [1])).toBeNull();
  });
});
