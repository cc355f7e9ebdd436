import { describe, expect, it } from "vitest";
import { createRetryAllowance, retryDelayMs } from "./retry-delay";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const delay = (retryAfter: string | undefined, random = 0, forMs = 60_000) =>
  retryDelayMs({ retryAfter, nowMs: NOW, deadlineAtMs: NOW + forMs, random });

describe("the wait before a second try", () => {
  it("is spread over 100 to 1000 ms", () => {
    expect(delay(undefined, 0)).toBe(100);
    expect(delay(undefined, 0.5)).toBe(550);
    expect(delay(undefined, 0.999_999)).toBeLessThan(1000);
  });

  it.each([
    ["2", 2000],
    [" 7 ", 7000],
    ["Tue, 24 Nov 2026 10:00:05 GMT", 5000],
    ["Tuesday, 24-Nov-26 10:00:05 GMT", 5000],
  ])("is as long as Retry-After %j says", (header, expected) => {
    expect(delay(header)).toBe(expected);
  });

  it.each(["0", "-5", "soon", "", "1.5", "1e3", "Tue, 24 Nov 2026 09:00:00 GMT", "NaN", "99999999999999999999"])(
    "falls back to the jitter for Retry-After %j",
    (header) => {
      expect(delay(header)).toBe(100);
    },
  );

  it("is refused when it would not end before the deadline", () => {
    expect(delay("60")).toBeUndefined();
    expect(delay("59")).toBe(59_000);
    expect(delay("Fri, 31 Dec 2999 23:59:59 GMT")).toBeUndefined();
    expect(delay(undefined, 0.5, 550)).toBeUndefined();
  });
});

describe("the retry allowance", () => {
  it("grants a reserve of ten and then one retry for ten requests", () => {
    const allowance = createRetryAllowance();
    const granted = (tries: number) => Array.from({ length: tries }, () => allowance.tryTake()).filter(Boolean).length;
    expect(granted(20)).toBe(10);
    for (let n = 0; n < 25; n += 1) allowance.requestSent();
    expect(granted(20)).toBe(2);
  });
});
