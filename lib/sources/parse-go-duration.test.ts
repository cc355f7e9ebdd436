import { describe, expect, it } from "vitest";
import { parseGoDuration } from "./parse-go-duration";

describe("parseGoDuration", () => {
  it.each([
    ["31d", 2_678_400_000_000_000n],
    ["30d1h", 2_595_600_000_000_000n],
    ["2h0m1s", 7_201_000_000_000n],
    ["90ms", 90_000_000n],
    ["1y", 31_536_000_000_000_000n],
  ])("reads %s", (text, ns) => {
    expect(parseGoDuration(text)).toBe(ns);
  });

  it.each(["0s", "", "15d or 50GiB", "-1h", "1.5h", "h", "99999999999d"])("does not make a length of %j", (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  });
});
