/** Metric lines to charts: one per signal, one column per service, missing samples as gaps. Pure. */
import type { MetricView } from "@/lib/contract/timeline-answer";

export const MAX_LINES = 6;

export interface MetricChart {
  readonly signal: MetricView["signal"];
  readonly title: string;
  readonly unit: string;
  /** Drawn services, the busiest first; the others are in the table only. */
  readonly services: readonly string[];
  readonly allServices: readonly string[];
  /** One per instant, ascending; `null` where a service has no sample. */
  readonly points: readonly { readonly atMs: number; readonly values: Readonly<Record<string, number | null>> }[];
}

const SIGNALS = [
  { signal: "rate", title: "Requests", unit: "requests/s" },
  { signal: "errors", title: "Errors", unit: "share of requests" },
  { signal: "duration", title: "Duration", unit: "seconds" },
] as const;

/** Signals without any line are left out: an empty chart would read as "nothing happened". */
export function prepareMetricStrip(metrics: readonly MetricView[]): MetricChart[] {
  return SIGNALS.flatMap(({ signal, title, unit }) => {
    const lines = metrics.filter((metric) => metric.signal === signal && metric.points.length > 0);
    if (lines.length === 0) return [];
    const peaks = new Map<string, number>();
    const columns = new Map<number, Record<string, number | null>>();
    for (const line of lines) {
      for (const [atMs, value] of line.points) {
        const column = columns.get(atMs) ?? {};
        column[line.service] = value;
        columns.set(atMs, column);
        peaks.set(line.service, Math.max(peaks.get(line.service) ?? 0, value ?? 0));
      }
    }
    const allServices = [...peaks].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([service]) => service);
    const points = [...columns]
      .sort(([a], [b]) => a - b)
      .map(([atMs, column]) => ({
        atMs,
        values: Object.fromEntries(allServices.map((service) => [service, column[service] ?? null])),
      }));
    return [{ signal, title, unit, services: allServices.slice(0, MAX_LINES), allServices, points }];
  });
}

/** Three significant figures; shares as percent. */
export function formatMetric(value: number | null, signal: MetricView["signal"]): string {
  if (value === null) return "no sample";
  if (signal === "errors") return `${(value * 100).toLocaleString("en", { maximumSignificantDigits: 3 })} %`;
  if (signal === "duration" && value < 1) {
    return `${(value * 1000).toLocaleString("en", { maximumSignificantDigits: 3 })} ms`;
  }
  const text = value.toLocaleString("en", { maximumSignificantDigits: 3 });
  return signal === "duration" ? `${text} s` : `${text}/s`;
}

/**
 * Parts of the window in which no drawn service has a sample, as milliseconds, ascending. A break shorter than two of
 * the chart's own steps is only the distance between samples.
 */
export function silencesOf(
  chart: MetricChart,
  fromMs: number,
  toMs: number,
): { readonly fromMs: number; readonly toMs: number }[] {
  const sampled = chart.points
    .filter(({ values }) => chart.services.some((service) => (values[service] ?? null) !== null))
    .map(({ atMs }) => atMs)
    .filter((atMs) => atMs >= fromMs && atMs <= toMs);
  const steps = chart.points.slice(1).map(({ atMs }, at) => atMs - (chart.points[at]?.atMs ?? atMs));
  const stepMs = steps.length === 0 ? 0 : Math.min(...steps);
  const edges = [fromMs, ...sampled, toMs];
  return edges.slice(1).flatMap((atMs, at) => {
    const beforeMs = edges[at] ?? fromMs;
    return atMs - beforeMs > stepMs * 2 ? [{ fromMs: beforeMs, toMs: atMs }] : [];
  });
}
