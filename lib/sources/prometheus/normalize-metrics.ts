/** Range answers as metric lines for the strip above a timeline. Pure. */
import type { MetricSeries } from "@/lib/domain/source-outcome";
import type { TimeGrid } from "./time-grid";
import type { Series } from "./wire";

const UNITS = { rate: "requests/s", errors: "ratio", duration: "s" } as const;

/**
 * One line per service, points on every step of the grid. A missing sample, NaN (0/0 in a quiet minute) and infinity
 * (a quantile past the last bucket) are `null`: unknown, never zero.
 */
export function metricSeries(
  signal: MetricSeries["signal"],
  series: readonly Series[],
  grid: TimeGrid,
  labels: readonly string[],
): MetricSeries[] {
  return series.flatMap(({ metric, values }) => {
    const rawService = labels.map((label) => metric[label]).find((name) => name !== undefined && name !== "");
    if (rawService === undefined) return [];
    const byTime = new Map(values.map(([atS, value]) => [Math.round(atS * 1000), sampleValue(value)]));
    const points: [number, number | null][] = [];
    for (let atS = grid.startS; atS <= grid.endS; atS += grid.stepS) {
      points.push([atS * 1000, byTime.get(atS * 1000) ?? null]);
    }
    return [{ rawService, signal, unit: UNITS[signal], points }];
  });
}

/** `Number("+Inf")` is NaN in JavaScript, so a finite check covers all three specials of the wire. */
export function sampleValue(text: string): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
