import { describe, expect, it } from "vitest";
import { flappingSpans } from "./flapping-spans";

const MINUTE = 60_000;

const spansOf = (minutes: number[]) =>
  flappingSpans(minutes.map((minute) => minute * MINUTE)).map(({ fromMs, toMs }) => [fromMs / MINUTE, toMs / MINUTE]);

describe("flappingSpans", () => {
  it("needs six transitions in an hour", () => {
    expect(spansOf([0, 5, 10, 15, 20])).toEqual([]);
    expect(spansOf([0, 12, 24, 36, 48, 60])).toEqual([]);
  });

  it("begins with the sixth and ends when two or fewer have held for half an hour", () => {
    // At minute 75 the fourth leaves the hour, and two are left.
    expect(spansOf([0, 5, 10, 15, 20, 25])).toEqual([[25, 105]]);
  });

  it("goes on through a lull that is shorter than half an hour", () => {
    // Two are left at 75; those at 90 and 91 make it more than two before 105.
    expect(spansOf([0, 5, 10, 15, 20, 25, 84, 85, 90, 91])).toEqual([[25, 145 + 30]]);
  });

  it("begins again after it ended", () => {
    const again = [0, 5, 10, 15, 20, 25].map((minute) => minute + 300);
    expect(spansOf([0, 5, 10, 15, 20, 25, ...again])).toEqual([
      [25, 105],
      [325, 405],
    ]);
  });
});
