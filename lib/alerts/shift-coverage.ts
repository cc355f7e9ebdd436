/** How much of a stretch of time somebody had a shift, by schedule. Pure. */
import type { ScheduleCoverage } from "@/lib/contract/on-call-admin";
import type { OnCallShift } from "@/lib/domain/on-call";
import { groupBy } from "@/lib/domain/group-by";

/** Schedules by name. Overlapping shifts cover once; a stretch holds its start and not its end. */
export function shiftCoverage(shifts: readonly OnCallShift[], from: Date, to: Date): readonly ScheduleCoverage[] {
  const total = to.getTime() - from.getTime();
  if (total <= 0) return [];
  return [...groupBy(shifts, ({ schedule }) => schedule)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([schedule, own]) => {
      const gaps = gapsOf(own, from.getTime(), to.getTime());
      const open = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
      return {
        schedule,
        share: (total - open) / total,
        gaps: gaps.map((gap) => ({ from: iso(gap.from), to: iso(gap.to) })),
      };
    });
}

function gapsOf(shifts: readonly OnCallShift[], from: number, to: number): readonly { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  let covered = from;
  for (const { startsAt, endsAt } of [...shifts].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())) {
    const start = Math.min(startsAt.getTime(), to);
    if (start > covered) gaps.push({ from: covered, to: start });
    covered = Math.max(covered, Math.min(endsAt.getTime(), to));
  }
  if (covered < to) gaps.push({ from: covered, to });
  return gaps;
}

const iso = (ms: number): string => new Date(ms).toISOString();
