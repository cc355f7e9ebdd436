/** Clusters by day and against the month before, with what made the difference. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import { at } from "./at";
import { dispersion, notKnown, rateRatio } from "./estimates";
import { type Interval, unionWithin, lengthOf } from "./intervals";
import type { Month } from "./prepare-month";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface DailyCounts {
  readonly days: readonly { readonly day: string; readonly clusters: number; readonly hours: number }[];
}

/** Days in UTC, up to where knowledge ends. `hours` are those of everybody on call. */
export function countDays(month: Month, onCall: readonly Interval[]): DailyCounts {
  const { index } = month;
  const counts = new Map<number, number>();
  for (let cluster = index.clusters.inMonth.from; cluster < index.clusters.inMonth.to; cluster += 1) {
    const day = Math.floor(at(index.episodes.start, at(index.clusters.first, cluster)) / DAY);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const days = [];
  for (let start = month.from; start < month.until; start = (Math.floor(start / DAY) + 1) * DAY) {
    const day = Math.floor(start / DAY);
    const bounds = { from: day * DAY, to: (day + 1) * DAY };
    const hours = onCall.reduce((sum, stretch) => sum + lengthOf(unionWithin([stretch], bounds)), 0) / HOUR;
    days.push({ day: new Date(start).toISOString().slice(0, 10), clusters: counts.get(day) ?? 0, hours });
  }
  return { days };
}

export function measureTrend(
  month: Month,
  onCall: readonly Interval[],
  before: { month: Month; onCall: readonly Interval[] } | null,
): NoiseReport["trend"] {
  const { days } = countDays(month, onCall);
  const old = before === null ? [] : countDays(before.month, before.onCall).days;
  const byHours = sum(days, "hours") > 0 && (before === null || sum(old, "hours") > 0);
  const exposure = (day: { hours: number }) => (byHours ? day.hours / 100 : 1);
  const phi = Math.max(
    dispersion(days.map(({ clusters }) => clusters)),
    dispersion(old.map(({ clusters }) => clusters)),
  );
  const total = (list: typeof days) => ({
    count: sum(list, "clusters"),
    exposure: list.reduce((all, day) => all + exposure(day), 0),
  });
  return {
    unit: byHours ? "per-100-on-call-hours" : "per-day",
    days: days.map((day) => ({ day: day.day, clusters: day.clusters, ...rateOf(day.clusters, exposure(day), phi) })),
    ruleChanges: month.input.ruleChanges
      .filter(({ at: time }) => time.getTime() >= month.from && time.getTime() < month.until)
      .map(({ at: time, rule, kind }) => ({ day: time.toISOString().slice(0, 10), rule, kind }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      .filter((change, position, all) => JSON.stringify(change) !== JSON.stringify(all[position - 1])),
    ratio: before === null ? notKnown("nothing is known of the month before") : rateRatio(total(old), total(days), phi),
    parts: before === null ? null : decompose(month, before.month),
  };
}

function rateOf(count: number, exposure: number, phi: number) {
  if (exposure <= 0) return { rate: null, low: null, high: null };
  const half = count === 0 ? 0 : 1.96 * Math.sqrt(phi / count);
  return {
    rate: count / exposure,
    low: count === 0 ? 0 : (count / exposure) * Math.exp(-half),
    high: count === 0 ? (3.7 * phi) / exposure : (count / exposure) * Math.exp(half),
  };
}

/** Each rule's change goes to one of four lines, so that they add up. A cluster is that of the rule that started it. */
export function decompose(month: Month, before: Month) {
  const [after, earlier] = [clustersByRule(month), clustersByRule(before)];
  const kinds = new Map(month.input.ruleChanges.map(({ rule, kind }) => [`${rule}/${kind}`, true]));
  const isNew = (rule: string) => !earlier.has(rule) && kinds.has(`${rule}/new`);
  const isGone = (rule: string) => !after.has(rule) && kinds.has(`${rule}/removed`);
  const nameOf = new Map([...earlier, ...after].map(([rule, { name }]) => [rule, name]));
  const newNames = new Set([...after.keys()].filter(isNew).map((rule) => nameOf.get(rule)));
  const goneNames = new Set([...earlier.keys()].filter(isGone).map((rule) => nameOf.get(rule)));
  const parts = { added: 0, removed: 0, volume: 0, renamed: 0 };
  for (const [rule, name] of nameOf) {
    const change = (after.get(rule)?.count ?? 0) - (earlier.get(rule)?.count ?? 0);
    const moved = isNew(rule) || isGone(rule);
    if (moved && newNames.has(name) && goneNames.has(name)) parts.renamed += change;
    else if (isNew(rule)) parts.added += change;
    else if (isGone(rule)) parts.removed += change;
    else parts.volume += change;
  }
  return parts;
}

function clustersByRule({ index }: Month): Map<string, { name: string; count: number }> {
  const counts = new Map<string, { name: string; count: number }>();
  for (let cluster = index.clusters.inMonth.from; cluster < index.clusters.inMonth.to; cluster += 1) {
    const { rule, name } = at(index.fires, at(index.episodes.first, at(index.clusters.first, cluster)));
    const known = counts.get(rule);
    if (known === undefined) counts.set(rule, { name, count: 1 });
    else known.count += 1;
  }
  return counts;
}

function sum<Key extends string>(list: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return list.reduce((all, entry) => all + entry[key], 0);
}
