import { describe, expect, it } from "vitest";
import { formatMetric, prepareMetricStrip } from "./prepare-metric-strip";

describe("prepareMetricStrip", () => {
  it("keeps a missing sample missing and puts the busiest service first", () => {
    const [chart] = prepareMetricStrip([
      { service: "a", signal: "rate", unit: "requests/s", points: [[1, 2]] },
      { service: "b", signal: "rate", unit: "requests/s", points: [[2, 9]] },
    ]);
    expect(chart?.services).toEqual(["b", "a"]);
    expect(chart?.points).toEqual([
      { atMs: 1, values: { a: 2, b: null } },
      { atMs: 2, values: { a: null, b: 9 } },
    ]);
  });
  it("leaves out a signal without samples, because an empty chart would read as nothing happened", () => {
    expect(prepareMetricStrip([{ service: "a", signal: "errors", unit: "ratio", points: [] }])).toEqual([]);
  });
  it("prints shares as percent and never prints a missing sample as zero", () => {
    expect(formatMetric(0.0123, "errors")).toBe("1.23 %");
    expect(formatMetric(null, "rate")).toBe("no sample");
  });
});
