import { describe, expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { uniqueGaps } from "./unique-gaps";

const window = (from: number, to: number) => ({ fromNs: epochNsFromMs(from), toNs: epochNsFromMs(to) });
const A = "trace:" + "a".repeat(32);
const B = "trace:" + "b".repeat(32);

function aGap(over: Partial<EvidenceGap> = {}): EvidenceGap {
  return { source: "tempo/main", reason: "sampled", detail: "It is not there.", retryable: false, ...over };
}

describe("uniqueGaps", () => {
  it("says a gap about several keys once and names them all", () => {
    expect(uniqueGaps([aGap({ keys: [B] }), aGap({ keys: [A] })]).map(({ keys }) => keys)).toEqual([[A, B]]);
  });

  it("names no key when one of the gaps is about all of them", () => {
    expect(uniqueGaps([aGap({ keys: [A] }), aGap()])[0]).not.toHaveProperty("keys");
  });

  it("keeps each rest that can be fetched", () => {
    const rest = (n: string) => ({
      continuation: { kind: "trace", traceId: n.repeat(32), window: window(1, 2) } as const,
    });
    expect(uniqueGaps([aGap(rest("a")), aGap(rest("b"))])).toHaveLength(2);
  });

  it("keeps the highest count of what was counted alike", () => {
    const [few, many] = [aGap({ keys: [A], shown: 2, total: 5 }), aGap({ keys: [A], shown: 3, total: 9 })];
    for (const gaps of [
      [few, many],
      [many, few],
    ])
      expect(uniqueGaps(gaps)).toEqual([many]);
    const shown = [aGap({ shown: 2 }), aGap({ shown: 7 })];
    for (const gaps of [shown, shown.toReversed()]) expect(uniqueGaps(gaps)).toEqual([aGap({ shown: 7 })]);
  });

  it("has the time of those that have one", () => {
    const gaps = [aGap(), aGap({ window: window(1, 2) })];
    for (const order of [gaps, gaps.toReversed()]) expect(uniqueGaps(order)).toEqual([aGap({ window: window(1, 2) })]);
  });

  it("adds up attempts only where both were counted", () => {
    for (const gaps of [
      [aGap({ attempts: 2 }), aGap()],
      [aGap(), aGap({ attempts: 2 })],
    ])
      expect(uniqueGaps(gaps)[0]?.attempts).not.toBeNaN();
  });

  it("stands in one order, whatever came first", () => {
    const gaps = ["c", "a", "d", "b"].map((detail) => aGap({ detail }));
    for (const order of [gaps, gaps.toReversed()])
      expect(uniqueGaps(order).map(({ detail }) => detail)).toEqual(["a", "b", "c", "d"]);
  });

  it("gives the same for any order, with the widest time and all attempts", () => {
    const gaps = [
      aGap({ attempts: 1, window: window(5, 9), keys: [A] }),
      aGap({ attempts: 2, window: window(1, 6), keys: [B], retryable: true }),
    ];
    expect(uniqueGaps(gaps)).toEqual([aGap({ attempts: 3, window: window(1, 9), keys: [A, B], retryable: true })]);
    expect(uniqueGaps(gaps.toReversed())).toEqual(uniqueGaps(gaps));
  });
});
