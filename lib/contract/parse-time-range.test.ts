import { describe, expect, it } from "vitest";
import { parseInstant } from "./parse-instant";
import { parseTimeRange } from "./parse-time-range";

const NOW = Date.parse("2026-11-23T10:20:30.500Z");
function read(text: string): string {
  const found = parseTimeRange(text, NOW);
  return "problem" in found ? "problem" : `${found.from.iso} ${found.to.iso}`;
}

describe("parseTimeRange", () => {
  it.each([
    ["15m", "2026-11-23T10:05:30.500Z 2026-11-23T10:20:30.500Z"],
    ["last 3 hours", "2026-11-23T07:20:30.500Z 2026-11-23T10:20:30.500Z"],
    ["1h30m", "2026-11-23T08:50:30.500Z 2026-11-23T10:20:30.500Z"],
    ["now-6h", "2026-11-23T04:20:30.500Z 2026-11-23T10:20:30.500Z"],
    ["now-1h to now", "2026-11-23T09:20:30.500Z 2026-11-23T10:20:30.500Z"],
    ["now-2h - now-1h", "2026-11-23T08:20:30.500Z 2026-11-23T09:20:30.500Z"],
    ["now/d", "2026-11-23T00:00:00.000Z 2026-11-23T10:20:30.500Z"],
    ["now-1d/d", "2026-11-22T00:00:00.000Z 2026-11-23T00:00:00.000Z"],
    ["yesterday", "2026-11-22T00:00:00.000Z 2026-11-23T00:00:00.000Z"],
    ["today", "2026-11-23T00:00:00.000Z 2026-11-23T10:20:30.500Z"],
    ["2026-11-23T10:14:06Z", "2026-11-23T09:59:06.000Z 2026-11-23T10:29:06.000Z"],
    ["2026-11-23T10:00:00Z 2026-11-23T10:10:00Z", "2026-11-23T10:00:00.000Z 2026-11-23T10:10:00.000Z"],
    ["2026-11-23T10:00:00Z/2026-11-23T10:10:00Z", "2026-11-23T10:00:00.000Z 2026-11-23T10:10:00.000Z"],
    ["2026-11-20 - 2026-11-21", "2026-11-20T00:00:00.000Z 2026-11-22T00:00:00.000Z"],
    ["1795428846", "2026-11-23T09:59:06.000Z 2026-11-23T10:29:06.000Z"],
    ["1795428846000", "2026-11-23T09:59:06.000Z 2026-11-23T10:29:06.000Z"],
    ["1795428846000000000", "2026-11-23T09:59:06.000Z 2026-11-23T10:29:06.000Z"],
    ["Jan 1 - Jan 2", "2026-01-01T00:00:00.000Z 2026-01-03T00:00:00.000Z"],
    ["Dec 30", "2025-12-30T00:00:00.000Z 2025-12-31T00:00:00.000Z"],
    ["6:00 am - 9:00 am", "2026-11-23T06:00:00.000Z 2026-11-23T09:00:00.000Z"],
    ["6:00 am - 1:00 pm", "2026-11-23T06:00:00.000Z 2026-11-23T13:00:00.000Z"],
    ["11:00 pm - 1:00 am", "2026-11-22T23:00:00.000Z 2026-11-23T01:00:00.000Z"],
    ["2026-11-23 10:00 - 11:00", "2026-11-23T10:00:00.000Z 2026-11-23T11:00:00.000Z"],
  ])("reads %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each(["", "soon", "2026-13-40", "now-1h to now-2h", "0m", "48192", "Feb 31", "x".repeat(5000)])(
    "explains what is expected instead of guessing at %s",
    (text) => {
      expect(read(text)).toBe("problem");
    },
  );
  it("keeps the relative text for links when the range moves with the clock", () => {
    const found = parseTimeRange("2 hours", NOW);
    expect(found).toMatchObject({ relative: true, from: { text: "now-2h" }, to: { text: "now" }, label: "last 2h" });
  });
  it("reads its own output back to the same instants", () => {
    const once = parseTimeRange("now-6h", NOW);
    if ("problem" in once) throw new Error(once.problem);
    expect(read(`${once.from.iso} to ${once.to.iso}`)).toBe(read("now-6h"));
  });
});

describe("parseInstant", () => {
  it("keeps nanoseconds of ISO and epoch text", () => {
    expect(parseInstant("2026-11-23T10:14:06.214000001Z", NOW)).toBe("1795428846214000001");
    expect(parseInstant("1795428846214000001", NOW)).toBe("1795428846214000001");
    expect(parseInstant("2026-11-23T12:14:06.214000001+02:00", NOW)).toBe("1795428846214000001");
  });
  it("refuses what is not an instant", () => {
    for (const text of ["", "yesterday", "-1", "now-", "12", "2026-02-30T00:00:00Z"]) {
      expect(parseInstant(text, NOW)).toBeUndefined();
    }
  });
});
