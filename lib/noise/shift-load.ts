/** What a shift of twelve hours holds, and what the month held for each person. */
import type { PersonLoad } from "@/lib/contract/person-load";
import { at } from "./at";
import { known, notKnown, share } from "./estimates";
import { createClock } from "./hour-class";
import type { PageRow } from "./index-pages";
import { type Interval, lengthOf, unionWithin } from "./intervals";
import type { Month } from "./prepare-month";
import { groupBy } from "@/lib/domain/group-by";

const HOUR = 3_600_000;
const SHIFT = 12 * HOUR;
const DAY = 24 * HOUR;

export interface ShiftLoad {
  readonly people: readonly PersonLoad[];
  readonly slices: readonly { clusters: number; slices: number }[];
  readonly overTarget: ReturnType<typeof share>;
  readonly most: number;
  readonly onCallHours: number;
  readonly onCallNights: number;
  /** Clusters of all people by twelve hours of all people. */
  readonly perShift: ReturnType<typeof known>;
  /** On-call time of everybody, for rates by day. */
  readonly onCall: readonly Interval[];
}

/** Overlapping shifts of one person count once. */
export function measureShiftLoad(month: Month): ShiftLoad {
  const { input, settings } = month;
  const clockOf = createClock(settings);
  const bounds = { from: month.from, to: month.until };
  const shiftsOf = groupBy(input.shifts, ({ responderId }) => responderId);
  const paged = groupBy(month.own, ({ page }) => page.responderId);
  const names = new Map(input.responders.map((person) => [person.id, person]));
  const people: PersonLoad[] = [];
  const slices: { clusters: number; limit: number }[] = [];
  const onCall: Interval[] = [];
  for (const id of [...new Set([...shiftsOf.keys(), ...paged.keys()])].sort()) {
    const person = names.get(id);
    const union = unionWithin(
      (shiftsOf.get(id) ?? []).map(({ startsAt, endsAt }) => ({ from: startsAt.getTime(), to: endsAt.getTime() })),
      bounds,
    );
    const pages = paged.get(id) ?? [];
    if (union.length === 0 && pages.length === 0) continue;
    onCall.push(...union);
    for (const slice of union.flatMap(cutSlices)) {
      const inside = pages.filter((row) => row.at >= slice.from && row.at < slice.to);
      const limit = settings.shiftTarget * Math.max(1, (slice.to - slice.from) / SHIFT);
      slices.push({ clusters: incidentsOf(inside), limit });
    }
    const hours = lengthOf(union) / HOUR;
    const nights = new Set(
      union.flatMap(({ from, to }) => everyHalfHour(from, to).map((time) => clockOf(person, time).night)),
    );
    nights.delete("");
    people.push({
      responder: id,
      name: person?.name ?? "unknown",
      team: person?.team || "unknown",
      onCallHours: hours,
      pages: pages.length,
      clusters: incidentsOf(pages),
      wakeUps: pages.filter(({ wakes }) => wakes).length,
      disturbedNights: pages.filter(({ disturbs }) => disturbs).length,
      onCallNights: nights.size,
      longestRunOfNights: longestRun(pages.filter(({ disturbs }) => disturbs).map(({ clock }) => clock.night)),
      outsideShift: input.shifts.length === 0 ? 0 : pages.filter((row) => !isInside(row.at, union)).length,
      perShift: hours < 12 ? null : incidentsOf(pages) / (hours / 12),
    });
  }
  const over = slices.filter(({ clusters, limit }) => clusters > limit).length;
  const onCallHours = people.reduce((sum, person) => sum + person.onCallHours, 0);
  return {
    people,
    slices: [...groupBy(slices, ({ clusters }) => clusters)]
      .map(([clusters, alike]) => ({ clusters, slices: alike.length }))
      .sort((a, b) => a.clusters - b.clusters),
    overTarget: share(over, slices.length, "no on-call shifts are known"),
    most: Math.max(0, ...slices.map(({ clusters }) => clusters)),
    onCallHours,
    onCallNights: people.reduce((sum, person) => sum + person.onCallNights, 0),
    perShift: rateOf(
      people,
      onCallHours,
      input.pages.some(({ estimated }) => !estimated),
    ),
    onCall,
  };
}

function rateOf(people: readonly PersonLoad[], hours: number, pagerKnown: boolean) {
  if (!pagerKnown) return notKnown("no pager has told of a page");
  if (hours < 12) return notKnown("fewer than twelve on-call hours are known");
  const clusters = people.reduce((sum, person) => sum + person.clusters, 0);
  const rate = clusters / (hours / 12);
  const half = clusters === 0 ? null : 1.96 / Math.sqrt(clusters);
  return known(
    rate,
    half === null ? 0 : rate * Math.exp(-half),
    half === null ? 3.7 / (hours / 12) : rate * Math.exp(half),
    clusters,
  );
}

function incidentsOf(pages: readonly PageRow[]): number {
  return new Set(pages.map(({ incident }) => incident)).size;
}

/** Twelve hours each from the start of the stretch; a rest below six hours stays with the slice before it. */
function cutSlices({ from, to }: Interval): Interval[] {
  const slices: Interval[] = [];
  for (let start = from; start < to;) {
    const rest = to - start;
    const end =
      rest < SHIFT * 1.5 ? (rest <= SHIFT ? to : start + (rest - SHIFT < SHIFT / 2 ? rest : SHIFT)) : start + SHIFT;
    slices.push({ from: start, to: end });
    start = end;
  }
  return slices;
}

function everyHalfHour(from: number, to: number): number[] {
  const times: number[] = [];
  for (let time = from; time < to; time += HOUR / 2) times.push(time);
  return times;
}

function isInside(time: number, union: readonly Interval[]): boolean {
  return union.some(({ from, to }) => time >= from && time < to);
}

/** Evenings in a row. */
function longestRun(nights: readonly string[]): number {
  const days = [...new Set(nights)].map((night) => Date.parse(`${night}T00:00:00Z`) / DAY).sort((a, b) => a - b);
  let longest = 0;
  let run = 0;
  days.forEach((day, position) => {
    run = position > 0 && day - at(days, position - 1) === 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  return longest;
}
