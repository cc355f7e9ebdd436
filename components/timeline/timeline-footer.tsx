/** The account of all records: on display, behind closed rows, hidden by the filter, withheld, left out. It adds up. */
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import { plural } from "./build-story";
import type { RowListing } from "./prepare-list";

export function TimelineFooter({ snapshot, listing }: { snapshot: TimelineSnapshot; listing: RowListing }) {
  const { rows, stats, ended, query } = snapshot;
  if (rows.length === 0) return null;
  const number = (count: number): string => count.toLocaleString("en");
  const parts = [
    `${plural(listing.items.length, "row")} shown`,
    `${number(listing.collapsed)} collapsed`,
    `${number(listing.hidden)} hidden by filter`,
    ...(stats
      ? [
          `${plural(stats.records, "record")} received, ${number(stats.leftOut)} left out${
            stats.foreign > 0 ? ` (${number(stats.foreign)} of others)` : ""
          }`,
          `${number(stats.withheld)} withheld for your role`,
        ]
      : [ended ? "total unknown" : "more may come"]),
    ...(query ? [`${query.role} role, policy ${query.policyVersion}`] : []),
  ];
  return <footer className="px-3 py-2 text-small text-muted">{parts.join(" · ")}</footer>;
}
