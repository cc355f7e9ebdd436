import { describe, expect, it } from "vitest";
import { formatDuration, formatOffset } from "./format-duration";
import { formatClock, formatFull, formatWindow } from "./format-instant";

const AT = "1795428846214000001";

describe("times on screen", () => {
  it("keeps the nanoseconds that a number would lose", () => {
    expect(formatFull(AT, "utc")).toBe("2026-11-23 10:14:06.214000001 UTC");
    expect(formatClock(AT, "utc")).toBe("10:14:06.214");
  });
  it("prints the day of the end only when it is another day", () => {
    const from = Date.parse("2026-11-23T10:09:00Z");
    expect(formatWindow(from, from + 600_000, "utc")).toBe("2026-11-23 10:09 – 10:19 UTC");
    expect(formatWindow(from, from + 86_400_000, "utc")).toBe("2026-11-23 10:09 – 2026-11-24 10:09 UTC");
  });
  it.each([
    ["0", "0"],
    ["41000000", "41 ms"],
    ["8000", "8 µs"],
    ["1", "1 ns"],
    ["3200000000", "3.2 s"],
    ["-3200000000", "−3.2 s"],
    ["95000000000", "1.5 min"],
  ])("shortens %s ns to %s", (ns, text) => {
    expect(formatDuration(ns)).toBe(text);
  });
  it("signs the distance from the first row", () => {
    expect(formatOffset(AT, AT)).toBe("+0");
    expect(formatOffset("1795428843012000000", "1795428846214000000")).toBe("+3.2 s");
    expect(formatOffset(AT, "1795428846214000000")).toBe("−1 ns");
  });
});
