import { describe, expect, it } from "vitest";
import { distinctRuleChanges, type SeenChange } from "./distinct-rule-changes";

const NOON = Date.parse("2026-11-23T12:00:00.000Z");
const seen = (source: string, minutes: number, hash: string, kind: SeenChange["kind"] = "changed"): SeenChange => ({
  ...{ source, hash, kind, rule: "R", at: new Date(NOON + minutes * 60_000) },
});
const minutesOf = (changes: readonly SeenChange[]) =>
  distinctRuleChanges(changes).map(({ at, kind }) => [(at.getTime() - NOON) / 60_000, kind]);

describe("changes of rules that several sources show", () => {
  it("are one each, at the time at which the first showed it, in any order", () => {
    const changes = [
      seen("b", 5, "h2"),
      seen("a", 0, "h2"),
      seen("b", 35, "", "removed"),
      seen("a", 30, "", "removed"),
    ];
    for (const order of [changes, [...changes].reverse()]) {
      expect(minutesOf(order)).toEqual([
        [0, "changed"],
        [30, "removed"],
      ]);
    }
  });

  it("stay apart when one source goes back and forth, or another rule becomes the same", () => {
    expect(minutesOf([seen("a", 0, "h2"), seen("a", 10, "h1"), seen("a", 20, "h2"), seen("b", 21, "h2")])).toEqual([
      [0, "changed"],
      [10, "changed"],
      [20, "changed"],
    ]);
    expect(distinctRuleChanges([seen("a", 0, "h2"), { ...seen("b", 0, "h2"), rule: "S" }])).toHaveLength(2);
  });

  it("stay apart when the other server was changed on another day", () => {
    expect(minutesOf([seen("a", 0, "h2"), seen("b", 61, "h2")])).toHaveLength(2);
  });
});
