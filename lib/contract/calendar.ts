/** Calendar steps in UTC or in the reader's zone. Hours and less are exact; days and more follow the calendar (DST). */
export type Zone = "utc" | "local";
export type CalendarUnit = "second" | "minute" | "hour" | "day" | "week" | "month" | "year";

export interface CalendarParts {
  readonly year: number;
  /** 0 is January. */
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
}

const EXACT_MS = { second: 1000, minute: 60_000, hour: 3_600_000 } as const;

export function partsToMs(parts: CalendarParts, zone: Zone): number {
  const { year, month, day, hour = 0, minute = 0, second = 0 } = parts;
  return zone === "utc"
    ? Date.UTC(year, month, day, hour, minute, second)
    : new Date(year, month, day, hour, minute, second).getTime();
}

export function msToParts(ms: number, zone: Zone): Required<CalendarParts> {
  const at = new Date(ms);
  return zone === "utc"
    ? {
        year: at.getUTCFullYear(),
        month: at.getUTCMonth(),
        day: at.getUTCDate(),
        hour: at.getUTCHours(),
        minute: at.getUTCMinutes(),
        second: at.getUTCSeconds(),
      }
    : {
        year: at.getFullYear(),
        month: at.getMonth(),
        day: at.getDate(),
        hour: at.getHours(),
        minute: at.getMinutes(),
        second: at.getSeconds(),
      };
}

/** Moves by `count` units; a month that is too short ends the month. */
export function moveBy(ms: number, count: number, unit: CalendarUnit, zone: Zone): number {
  if (unit === "second" || unit === "minute" || unit === "hour") return ms + count * EXACT_MS[unit];
  const parts = msToParts(ms, zone);
  const restMs = ms - partsToMs(parts, zone);
  if (unit === "day" || unit === "week") {
    return partsToMs({ ...parts, day: parts.day + count * (unit === "week" ? 7 : 1) }, zone) + restMs;
  }
  const month = parts.month + count * (unit === "year" ? 12 : 1);
  const lastDay = new Date(Date.UTC(parts.year, month + 1, 0)).getUTCDate();
  return partsToMs({ ...parts, month, day: Math.min(parts.day, lastDay) }, zone) + restMs;
}

/** Start of the unit that holds `ms`. Weeks start on Monday. */
export function floorTo(ms: number, unit: CalendarUnit, zone: Zone): number {
  if (unit === "second" || unit === "minute") return Math.floor(ms / EXACT_MS[unit]) * EXACT_MS[unit];
  const { year, month, day, hour } = msToParts(ms, zone);
  if (unit === "hour") return partsToMs({ year, month, day, hour }, zone);
  if (unit === "day") return partsToMs({ year, month, day }, zone);
  if (unit === "month") return partsToMs({ year, month, day: 1 }, zone);
  if (unit === "year") return partsToMs({ year, month: 0, day: 1 }, zone);
  const weekday = new Date(Date.UTC(year, month, day)).getUTCDay();
  return partsToMs({ year, month, day: day - ((weekday + 6) % 7) }, zone);
}
