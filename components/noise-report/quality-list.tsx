/** How far the numbers can be trusted: what was heard, judged, assumed. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import { minuteOf } from "@/lib/client/format-instant";
import { weakText } from "@/lib/contract/noise-charts/report-words";

export function QualityList({ report }: { report: NoiseReport }) {
  const { quality } = report;
  const facts: readonly (readonly [string, string])[] = [
    ["Data up to", minuteOf(report.watermark)],
    ...quality.coverage.map(
      ({ source, hours, ofHours }) => [`Heard ${source}`, `${hours.toFixed(0)} of ${ofHours.toFixed(0)} h`] as const,
    ),
    ...(quality.coverage.length === 0 ? ([["Hours heard", "not known"]] as const) : []),
    ["Judged", `${String(quality.judged.clusters)} of ${String(quality.judged.of)} clusters`],
    [
      "Sample judged",
      quality.sample === null
        ? "none then"
        : `${String(quality.sample.judged)} of ${String(quality.sample.of)} clusters`,
    ],
    ["Weak labels right", weakText(report.weak)],
    ["Too young to call", shown(quality.notYetKnown, "episodes")],
    ["Zone assumed", `${String(quality.zoneAssumed.pages)} of ${String(quality.zoneAssumed.of)} pages`],
    ["Resolve never came", shown(quality.lostResolves, "fires")],
    ["Without service", shown(quality.withoutService, "fires")],
    ["Without owner", shown(quality.withoutOwner, "fires")],
    ["Copies merged", String(quality.duplicatesMerged)],
    ["Rebuilt from metrics", shown(quality.reconstructed, "fires")],
    ["Estimated pages", `${String(quality.estimatedPages)}, not in the totals`],
    ["Not delivered", shown(quality.undelivered, "pages")],
    [
      "Late by (95 %)",
      quality.clockSkewP95Seconds === null ? "not known" : `${quality.clockSkewP95Seconds.toFixed(0)} s`,
    ],
  ];
  return (
    <section aria-label="How far this can be trusted">
      <h2 className="font-strong">How far this can be trusted</h2>
      <dl className="mt-1 text-small">
        {facts.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-3 border-t border-line/60 py-0.5">
            <dt className="min-w-0 truncate text-muted" title={name}>
              {name}
            </dt>
            <dd className="shrink-0">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const shown = (count: number, unit: string): string => `${String(count)} ${unit}`;
