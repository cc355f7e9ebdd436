/** Weekly rotations that hand over on Monday morning by the schedule's own clock, with overrides and a second line. */
import type { Random } from "../story/random";
import { instantOf, wallClock } from "./local-time";
import { PEOPLE, SCHEDULE_ZONE, type MonthPerson } from "./people";
import { TEAMS } from "./estate";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface MonthShift {
  readonly id: string;
  readonly team: string;
  readonly schedule: string;
  /** 1 is paged first. */
  readonly line: 1 | 2;
  readonly person: MonthPerson;
  readonly fromMs: number;
  readonly toMs: number;
}

/** All shifts that touch the span, whole. The same week has the same people whatever span is asked for. */
export function planShifts(randomOf: (name: string) => Random, fromMs: number, toMs: number): MonthShift[] {
  const shifts: MonthShift[] = [];
  for (let monday = mondayBefore(fromMs); monday < toMs; monday = mondayBefore(monday + 8 * DAY_MS)) {
    const end = mondayBefore(monday + 8 * DAY_MS);
    // Of the handover's date, not of its instant: clocks change.
    const week = Math.round(monday / (7 * DAY_MS));
    TEAMS.forEach((team, index) => {
      shifts.push(...weekOf(randomOf(`shifts/${team}/${String(week)}`), { team, index, week, monday, end }));
    });
  }
  return shifts;
}

interface Week {
  readonly team: string;
  readonly index: number;
  readonly week: number;
  readonly monday: number;
  readonly end: number;
}

function weekOf(random: Random, { team, index, week, monday, end }: Week): MonthShift[] {
  const members = PEOPLE.filter((person) => person.team === team);
  const turn = (offset: number) => members[(week + index + offset) % members.length];
  const [first, second, third] = [turn(0), turn(1), turn(2)];
  if (first === undefined || second === undefined || third === undefined) return [];
  const make = (line: 1 | 2, part: number, person: MonthPerson, fromMs: number, toMs: number): MonthShift => {
    const schedule = `${team} ${line === 1 ? "first" : "second"} line`;
    const id = `${team.toLowerCase().replaceAll(" ", "-")}-${String(line)}-${String(week)}-${String(part)}`;
    return { id, team, schedule, line, person, fromMs, toMs };
  };
  const secondLine = make(2, 0, second, monday, end);
  if (!random.chance(0.5)) return [make(1, 0, first, monday, end), secondLine];
  // Somebody takes an evening over.
  const overrideFrom = monday + random.integer(1, 5) * DAY_MS + 8 * HOUR_MS;
  const overrideTo = overrideFrom + 12 * HOUR_MS;
  return [
    make(1, 0, first, monday, overrideFrom),
    make(1, 1, third, overrideFrom, overrideTo),
    make(1, 2, first, overrideTo, end),
    secondLine,
  ];
}

/** The last Monday, nine o'clock, that is not after. */
function mondayBefore(atMs: number): number {
  for (let back = 0; back <= 7; back++) {
    const { year, month, day, weekday } = wallClock(SCHEDULE_ZONE, atMs - back * DAY_MS);
    if (weekday !== 1) continue;
    const handover = instantOf(SCHEDULE_ZONE, year, month, day, 9);
    if (handover <= atMs) return handover;
  }
  return atMs;
}
