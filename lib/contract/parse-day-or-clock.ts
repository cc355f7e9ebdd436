/** `Jan 1`, `1 Jan 2026 10:30`, `yesterday`, `6:00 am`: the loose half of time input. Pure. */
import { floorTo, moveBy, msToParts, partsToMs, type Zone } from "./calendar";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const CLOCK = /^(\d{1,2})(?::(\d\d)(?::(\d\d))?)? ?(am|pm)?$/i;
const MONTH_FIRST = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?(?:,? (?:at )?(.+))?$/i;
const DAY_FIRST = /^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?(?:,? (\d{4}))?(?:,? (?:at )?(.+))?$/i;

export interface DayOrClock {
  readonly ms: number;
  /** No clock was given: the whole day is meant. */
  readonly dayLong: boolean;
  /** Only a clock was given: the day is today. */
  readonly clock: boolean;
}

/** A date without a year is the latest such date that has begun. Returns undefined for anything else. */
export function parseDayOrClock(text: string, now: number, zone: Zone): DayOrClock | undefined {
  const today = msToParts(now, zone);
  const word = /^(today|yesterday)(?: (?:at )?(.+))?$/i.exec(text);
  if (word) {
    const start = floorTo(word[1]?.toLowerCase() === "yesterday" ? moveBy(now, -1, "day", zone) : now, "day", zone);
    return withClock(msToParts(start, zone), word[2], zone);
  }
  const clock = parseClock(text);
  if (clock) return { ms: partsToMs({ ...today, ...clock }, zone), dayLong: false, clock: true };
  const monthFirst = MONTH_FIRST.exec(text);
  const dayFirst = monthFirst ? undefined : DAY_FIRST.exec(text);
  const [monthWord, dayText, yearText, rest] = monthFirst
    ? [monthFirst[1], monthFirst[2], monthFirst[3], monthFirst[4]]
    : [dayFirst?.[2], dayFirst?.[1], dayFirst?.[3], dayFirst?.[4]];
  const month = MONTHS.indexOf((monthWord ?? "").slice(0, 3).toLowerCase());
  const day = Number(dayText);
  if (month < 0 || !(day >= 1 && day <= 31)) return undefined;
  const year = yearText === undefined ? today.year : Number(yearText);
  const found = withClock({ year, month, day }, rest, zone);
  if (!found || msToParts(found.ms, zone).day !== day) return undefined;
  return yearText === undefined && found.ms > now ? withClock({ year: year - 1, month, day }, rest, zone) : found;
}

function withClock(
  day: { year: number; month: number; day: number },
  clockText: string | undefined,
  zone: Zone,
): DayOrClock | undefined {
  const base = { year: day.year, month: day.month, day: day.day };
  if (clockText === undefined) return { ms: partsToMs(base, zone), dayLong: true, clock: false };
  const clock = parseClock(clockText);
  return clock && { ms: partsToMs({ ...base, ...clock }, zone), dayLong: false, clock: false };
}

/** `10:14`, `6 am`, `6:00:30 pm`. A bare number is no clock: it could be anything. */
function parseClock(text: string): { hour: number; minute: number; second: number } | undefined {
  const match = CLOCK.exec(text.trim());
  if (!match || (match[2] === undefined && match[4] === undefined)) return undefined;
  const half = match[4]?.toLowerCase();
  let hour = Number(match[1]);
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
  if (half === "pm" && hour < 12) hour += 12;
  if (half === "am" && hour === 12) hour = 0;
  const minute = Number(match[2] ?? "0");
  const second = Number(match[3] ?? "0");
  return hour > 23 || minute > 59 || second > 59 ? undefined : { hour, minute, second };
}
