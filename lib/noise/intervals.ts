/** Stretches of time, half-open, milliseconds. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Overlaps counted once, cut to the bounds, sorted. */
export function unionWithin(intervals: readonly Interval[], bounds: Interval): Interval[] {
  const cut = intervals
    .map(({ from, to }) => ({ from: Math.max(from, bounds.from), to: Math.min(to, bounds.to) }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const union: { from: number; to: number }[] = [];
  for (const interval of cut) {
    const last = union.at(-1);
    if (last !== undefined && interval.from <= last.to) last.to = Math.max(last.to, interval.to);
    else union.push({ ...interval });
  }
  return union;
}

export function lengthOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { from, to }) => sum + to - from, 0);
}
