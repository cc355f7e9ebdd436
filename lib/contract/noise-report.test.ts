import { expect, it } from "vitest";
import { NoiseReport } from "./noise-report";
import { ruleLine, sampleReport } from "./testing/sample-report";

it("reads a report that was signed before later measures were known, as one that does not know them", () => {
  const today = sampleReport({ rules: [ruleLine("Slow", { pages: 3 })] });
  const without = (value: object, ...names: string[]) =>
    Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
  const then = {
    ...without(today, "cofiringGroups", "weak", "estimated"),
    settings: without(today.settings, "sampleSize"),
    quality: without(today.quality, "sample"),
    duration: without(today.duration, "byEnd"),
    rules: today.rules.map((rule) => without(rule, "basis", "weak", "watches")),
  };
  expect(NoiseReport.parse(then)).toEqual(today);
});
