/** How soon people acknowledge, with "it was over before" as the rival event that it is. */
import { at } from "./at";
import { quantile } from "./estimates";
import { type Evidence, groupOf } from "./evidence";
import type { FireIndex } from "./index-fires";
import type { PageIndex } from "./index-pages";
import { groupBy } from "@/lib/domain/group-by";

export interface Risk {
  /** Milliseconds from the first delivered page to whatever came first. */
  readonly time: number;
  readonly ended: "acked" | "resolved" | "open";
}

/** Cumulative incidence by Aalen and Johansen of both ends at a time. What is left of 1 is still open. */
export function cumulativeIncidence(risks: readonly Risk[], time: number): { acked: number; resolved: number } {
  const sorted = [...risks].sort((a, b) => a.time - b.time);
  let survivors = 1;
  let position = 0;
  const sum = { acked: 0, resolved: 0 };
  while (position < sorted.length && at(sorted, position).time <= time) {
    const now = at(sorted, position).time;
    const atRisk = sorted.length - position;
    const events = { acked: 0, resolved: 0, open: 0 };
    while (position < sorted.length && at(sorted, position).time === now) {
      events[at(sorted, position).ended] += 1;
      position += 1;
    }
    sum.acked += (survivors * events.acked) / atRisk;
    sum.resolved += (survivors * events.resolved) / atRisk;
    survivors *= 1 - (events.acked + events.resolved) / atRisk;
  }
  return sum;
}

/** Groups whose first delivered page is in the month; `until` is where knowledge of the month ends. */
export function measureAcks(pages: PageIndex, index: FireIndex, evidence: Evidence, until: number) {
  const timed: Risk[] = [];
  const counts = { n: 0, acked: 0, resolvedFirst: 0, open: 0, bulk: 0, negative: 0 };
  for (const [group, rows] of groupBy(pages.rows, groupOf)) {
    const first = at(rows, 0);
    if (!first.inMonth) continue;
    const acked = Math.min(...rows.map(({ page }) => page.ackedAt?.getTime() ?? Infinity));
    if (acked < first.at) {
      counts.negative += 1;
      continue;
    }
    counts.n += 1;
    const told = Math.min(...rows.map(({ page }) => page.resolvedAt?.getTime() ?? Infinity));
    const resolved = told < Infinity || first.episode < 0 ? told : at(index.episodes.end, first.episode);
    const ended = acked <= resolved && acked < until ? "acked" : resolved < until ? "resolved" : "open";
    if (ended === "acked") counts.acked += 1;
    else if (ended === "resolved") counts.resolvedFirst += 1;
    else counts.open += 1;
    // A bulk acknowledgment tells that somebody reacted, and nothing of how soon.
    if (ended === "acked" && evidence.bulk.has(group)) counts.bulk += 1;
    else timed.push({ time: Math.max(0, Math.min(acked, resolved, until) - first.at), ended });
  }
  const times = timed.filter(({ ended }) => ended === "acked").map(({ time }) => time / 1000);
  const seconds = Float64Array.from(times).sort();
  return {
    ...counts,
    within: [5, 15, 60].map((minutes) => {
      const { acked, resolved } = cumulativeIncidence(timed, minutes * 60_000);
      return { minutes, acked, resolvedFirst: resolved };
    }),
    medianSeconds: quantile(seconds, 0.5),
    p90Seconds: quantile(seconds, 0.9),
  };
}
