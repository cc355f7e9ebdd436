/**
 * Rebuilds firing episodes from edge queries over `ALERTS`. Pure.
 * Certainty: a start point at t means that the alert began firing in (t - step, t]; an end point means that its last
 * evaluation lies in (t - 2·step, t - step], or up to five minutes earlier when Prometheus itself stopped.
 */
import type { Series, Vector } from "./wire";

export interface AlertEpisode {
  /** Without `__name__` and `alertstate`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Start of the evaluated step, seconds since 1970; for `sinceBefore`, the first step that was looked at. */
  readonly startS: number;
  /** End of the evaluated step; absent while it still fires at the end of the window. */
  readonly endS?: number;
  /** It was already firing when the window began: the true start is unknown. */
  readonly sinceBefore: boolean;
}

/** In: any order of series. Out: by start, then labels; each label set's episodes do not overlap. */
export function alertEpisodes(
  starts: readonly Series[],
  ends: readonly Series[],
  firingBefore: Vector["result"],
  grid: { readonly startS: number; readonly stepS: number },
): AlertEpisode[] {
  const sets = new Map<string, { labels: Record<string, string>; starts: number[]; ends: number[]; before: boolean }>();
  const setOf = (metric: Readonly<Record<string, string>>) => {
    const labels = withoutInternal(metric);
    const id = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = sets.get(id) ?? { labels, starts: [], ends: [], before: false };
    sets.set(id, known);
    return known;
  };
  for (const { metric, values } of starts) setOf(metric).starts.push(...values.map(([atS]) => atS));
  for (const { metric, values } of ends) setOf(metric).ends.push(...values.map(([atS]) => atS));
  for (const { metric } of firingBefore) setOf(metric).before = true;
  return [...sets.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, set]) => pair(set, grid))
    .sort((a, b) => a.startS - b.startS);
}

function pair(
  set: { labels: Record<string, string>; starts: number[]; ends: number[]; before: boolean },
  grid: { readonly startS: number; readonly stepS: number },
): AlertEpisode[] {
  const ends = set.ends.sort((a, b) => a - b);
  const episodes: AlertEpisode[] = [];
  const add = (startS: number, fromS: number, sinceBefore: boolean) => {
    const endS = ends.find((end) => end > fromS);
    episodes.push({ labels: set.labels, startS, sinceBefore, ...(endS === undefined ? {} : { endS }) });
  };
  if (set.before) add(grid.startS - grid.stepS, grid.startS - grid.stepS, true);
  for (const atS of set.starts.sort((a, b) => a - b)) add(atS - grid.stepS, atS, false);
  return episodes;
}

function withoutInternal(metric: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metric).filter(([name]) => name !== "__name__" && name !== "alertstate"));
}
