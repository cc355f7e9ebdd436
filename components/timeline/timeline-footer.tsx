/** The account of all rows: shown, hidden by the filter, withheld, left out. */
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import { plural } from "./build-story";

export function TimelineFooter({ snapshot, visibleCount }: { snapshot: TimelineSnapshot; visibleCount: number }) {
  const { rows, stats, ended, query } = snapshot;
  if (rows.length === 0) return null;
  const parts = [
    `${plural(visibleCount, "row")} shown`,
    `${(rows.length - visibleCount).toLocaleString("en")} hidden by filter`,
    ...(stats
      ? [
          `${stats.withheld.toLocaleString("en")} withheld for your role`,
          `${stats.records.toLocaleString("en")} records behind them`,
          ...(stats.foreign > 0 ? [`${plural(stats.foreign, "record")} of others left out`] : []),
        ]
      : [ended ? "total unknown" : "more may come"]),
    ...(query ? [`${query.role} role, policy ${query.policyVersion}`] : []),
  ];
  return <footer className="px-3 py-2 text-small text-muted">{parts.join(" · ")}</footer>;
}
