import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CofiringPair } from "@/lib/contract/cofiring";
import { groupCofiring } from "./cofiring-groups";
import { finish } from "./steps";

const pair = (a: string, b: string, share = 0.9, lagSeconds = 20): CofiringPair => ({
  ...{ a, b, share, lagSeconds, together: 9, expected: 0.1, lift: 90, p: 1e-9, lagLow: 10, lagHigh: 30 },
});
const grouped = (pairs: readonly CofiringPair[]) => finish(groupCofiring(pairs));
const rulesOf = (pairs: readonly CofiringPair[]) => grouped(pairs).groups.map(({ rules }) => rules);

describe("groups of rules that fire together", () => {
  it("takes rules that all pair for one group, led by the one that starts first", () => {
    const pairs = [
      pair("Database", "Orders", 1, 30),
      pair("Database", "Checkout", 0.8, 60),
      pair("Orders", "Checkout", 0.6),
    ];
    const { groups, rules, of } = grouped(pairs);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ rules: ["Checkout", "Database", "Orders"], lead: "Database" });
    expect(groups[0]?.share).toBeCloseTo(0.8, 10);
    expect([rules, of]).toEqual([3, 3]);
  });

  it("does not take a chain for a group, however strong its links", () => {
    expect(rulesOf([pair("A", "B", 1), pair("B", "C", 1)])).toEqual([["A", "B"]]);
    expect(rulesOf([pair("A", "B", 0.9), pair("B", "C", 1)])).toEqual([["B", "C"]]);
    expect(rulesOf([pair("A", "B", 1), pair("B", "C", 1), pair("C", "D", 1)])).toEqual([
      ["A", "B"],
      ["C", "D"],
    ]);
  });

  it("names no leader where none is earlier", () => {
    expect(grouped([pair("A", "B", 1, 0)]).groups[0]?.lead).toBeNull();
  });

  it("groups the rules of the most significant pairs and says of how many", () => {
    const many = Array.from({ length: 200 }, (_, i) => ({ ...pair(`a${i}`, `b${i}`), p: 1e-9 / (i + 1) }));
    const { groups, rules, of } = grouped(many);
    expect([groups.length, rules, of]).toEqual([150, 300, 400]);
    expect(groups.flatMap(({ rules: own }) => own)).toContain("a199");
    expect(groups.flatMap(({ rules: own }) => own)).not.toContain("a0");
  });

  const NAMES = ["a", "b", "c", "d", "e", "f", "g"];
  const somePairs = fc
    .uniqueArray(fc.tuple(fc.nat(6), fc.nat(6)), { selector: ([i, j]) => `${Math.min(i, j)} ${Math.max(i, j)}` })
    .chain((places) =>
      fc.tuple(
        ...places
          .filter(([i, j]) => i !== j)
          .map(([i, j]) =>
            fc.constantFrom(0.3, 0.5, 0.55, 0.7, 1).map((share) => pair(NAMES[i] ?? "", NAMES[j] ?? "", share)),
          ),
      ),
    );

  it("is the same whatever the order of the pairs", () => {
    fc.assert(
      fc.property(
        somePairs.chain((pairs) =>
          fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length })),
        ),
        ([pairs, shuffled]) => {
          expect(grouped(shuffled)).toEqual(grouped(pairs));
        },
      ),
    );
  });

  it("has every rule in at most one group, and no group that shares half or less on average", () => {
    fc.assert(
      fc.property(somePairs, (pairs) => {
        const { groups } = grouped(pairs);
        const members = groups.flatMap(({ rules }) => rules);
        expect(new Set(members).size).toBe(members.length);
        for (const { rules, share } of groups) {
          const own = pairs.filter(({ a, b }) => rules.includes(a) && rules.includes(b));
          expect(share).toBeCloseTo(
            own.reduce((sum, one) => sum + one.share, 0) / ((rules.length * (rules.length - 1)) / 2),
            9,
          );
          expect(share).toBeGreaterThan(0.5);
        }
      }),
    );
  });
});
