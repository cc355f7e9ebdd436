import { describe, expect, it } from "vitest";
import { formatMetric, prepareMetricStrip, silencesOf } from "./prepare-metric-strip";

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
  it("finds where nobody was measured, at the ends of the window too", () => {
    const points: [number, number | null][] = [20, 30, 40, 50, 60, 70].map((at) => [at, at > 30 && at < 70 ? null : 1]);
    const [chart] = prepareMetricStrip([{ service: "a", signal: "rate", unit: "requests/s", points }]);
    expect(chart && silencesOf(chart, 15, 120)).toEqual([
      { fromMs: 30, toMs: 70 },
      { fromMs: 70, toMs: 120 },
    ]);
  });
  it("finds no silence where one service was measured while another was not", () => {
    const [chart] = prepareMetricStrip([
      {
        service: "a",
        signal: "rate",
        unit: "requests/s",
        points: [
          [0, 1],
          [10, null],
          [20, null],
          [30, null],
          [40, 1],
        ],
      },
      {
        service: "b",
        signal: "rate",
        unit: "requests/s",
        points: [
          [0, 1],
          [10, 1],
          [20, 1],
          [30, 1],
          [40, 1],
        ],
      },
    ]);
    expect(chart && silencesOf(chart, 0, 40)).toEqual([]);
  });
});
