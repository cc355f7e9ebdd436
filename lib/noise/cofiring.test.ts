import { describe, expect, it } from "vitest";
import { pairKey } from "@/lib/contract/cofiring";
import { discoveries, poissonTail } from "./cofiring";
import { measureMonth } from "./measure-month";
import { aFire, aMonth, HOUR, MINUTE, SETTINGS } from "./testing/a-month";

const FIRST = Date.parse("2026-10-01T00:00:00Z");
const startsOf = (rule: string, starts: readonly number[]) =>
  starts.map((start, i) => aFire(`${rule}-${i}`, start, { rule, service: rule, endsAt: start + MINUTE }));
const pairsOf = (...fires: ReturnType<typeof startsOf>[]) =>
  measureMonth(aMonth({ fires: fires.flat() }), SETTINGS).report.cofiring;

describe("rules that fire together", () => {
  const spread = Array.from({ length: 20 }, (_, i) => FIRST + i * 35 * HOUR + ((i * 17) % 60) * MINUTE);

  it("are found with the one that leads and how far", () => {
    const cause = startsOf("Database", spread);
    const effect = startsOf(
      "Checkout",
      spread.map((start) => start + 30_000),
    );
    const [pair, ...others] = pairsOf(
      effect,
      cause,
      startsOf(
        "Disk",
        spread.map((start) => start + 9 * HOUR),
      ),
    );
    expect(others).toEqual([]);
    expect(pair).toMatchObject({ a: "Database", b: "Checkout", together: 20, share: 1, lagSeconds: 30 });
    expect(pair?.lift).toBeGreaterThan(5);
  });

  it("opens what it counted together to as many rows", () => {
    const effect = startsOf(
      "Checkout",
      spread.flatMap((start, i) => (i < 12 ? [start + 30_000, start + 90_000] : [start + 9 * HOUR])),
    );
    const { report, rowsOf } = measureMonth(aMonth({ fires: [...startsOf("Database", spread), ...effect] }), SETTINGS);
    const [pair] = report.cofiring;
    expect(pair).toMatchObject({ a: "Database", b: "Checkout", together: 12 });
    expect(rowsOf("together", `pair:${pairKey("Database", "Checkout")}`)).toEqual(
      Array.from({ length: 12 }, (_, i) => `Database-${String(i)}`),
    );
    expect(report.cofiringGroups?.groups).toMatchObject([{ rules: ["Checkout", "Database"], lead: "Database" }]);
  });

  it("counts a start two minutes away, and none that is further", () => {
    const later = (ms: number) =>
      pairsOf(
        startsOf("a", spread),
        startsOf(
          "b",
          spread.map((start) => start + ms),
        ),
      );
    expect(later(120_000)).toHaveLength(1);
    expect(later(121_000)).toEqual([]);
  });

  it("are not those that only share a busy hour", () => {
    const busy = (factor: number, offset: number) =>
      Array.from({ length: 31 }, (_, day) =>
        [0, 1, 2].map((i) => FIRST + day * 24 * HOUR + 9 * HOUR + ((day * factor + offset + i * 19) % 60) * MINUTE),
      )
        .flat()
        .sort((a, b) => a - b);
    expect(pairsOf(startsOf("a", busy(17, 0)), startsOf("b", busy(29, 31)))).toEqual([]);
  });
});

describe("discoveries", () => {
  it("allows a p that its rank and the number of tests allow", () => {
    expect(discoveries([0.0001, 0.0002, 0.5], 10)).toBe(2);
    expect(discoveries([0.0011, 0.0019], 10)).toBe(2);
    expect(discoveries([0.0011, 0.0021], 10)).toBe(0);
  });
});

describe("poissonTail", () => {
  it.each([
    [0, 3, 1],
    [1, 1, 0.6321],
    [5, 1, 0.00366],
    [10, 20, 0.995],
  ])("of at least %d where %d are expected is %d", (n, expected, tail) => {
    expect(poissonTail(n, expected)).toBeCloseTo(tail, 4);
  });
});
