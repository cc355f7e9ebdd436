/** Clusters by day with their band, and the days on which rules changed. Pure. */
import type { NoiseReport } from "@/lib/contract/noise-report";

export interface TrendPoint {
  readonly day: string;
  readonly rate: number | null;
  /** For an area: null where nothing is known. */
  readonly band: readonly [number, number] | null;
  readonly clusters: number;
}

export interface Trend {
  readonly finding: string;
  readonly unit: string;
  readonly points: readonly TrendPoint[];
  readonly marks: readonly { readonly day: string; readonly words: string }[];
  /** What the marks mean, or why there are none. */
  readonly legend: string;
}

const UNITS = { "per-100-on-call-hours": "clusters per 100 hours on call", "per-day": "clusters a day" } as const;

/** `rulesKnown`: false when no source told which rules were in force; then nobody knows when they changed. */
export function prepareTrend(trend: NoiseReport["trend"], rulesKnown: boolean): Trend {
  const points = trend.days.map(({ day, rate, low, high, clusters }) => ({
    day,
    rate,
    clusters,
    band: low === null || high === null ? null : ([low, high] as const),
  }));
  const byDay = new Map<string, string[]>();
  for (const { day, rule, kind } of trend.ruleChanges) byDay.set(day, [...(byDay.get(day) ?? []), `${rule} ${kind}`]);
  const marks = [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, words]) => ({ day, words: words.join(", ") }));
  const legend = rulesKnown ? "dotted lines: rules changed" : "on which days rules changed is not known";
  return { finding: findingOf(trend), unit: UNITS[trend.unit], points, marks, legend };
}

function findingOf({ ratio, days }: NoiseReport["trend"]): string {
  if (days.every(({ clusters }) => clusters === 0)) return "Nothing fired";
  if (ratio.value === null || ratio.low === null || ratio.high === null)
    return `Against the month before: ${ratio.why || "not known"}`;
  const words = `${ratio.value.toFixed(2)} times the month before (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`;
  if (ratio.low <= 1 && ratio.high >= 1) return `No clear change: ${words}`;
  return ratio.value < 1 ? `Fewer: ${words}` : `More: ${words}`;
}
