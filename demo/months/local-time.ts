/** Clocks on the wall, from the zone data of the platform: no arithmetic with offsets. */
const formats = new Map<string, Intl.DateTimeFormat>();

export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 1 is Monday. */
  readonly weekday: number;
}

export function wallClock(zone: string, atMs: number): WallClock {
  let format = formats.get(zone);
  if (format === undefined) {
    const numeric = "numeric" as const;
    const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric };
    format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...fields });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7 };
}

/** When that clock shows that hour of that day; in a gap of daylight saving, the hour after it. */
export function instantOf(zone: string, year: number, month: number, day: number, hour: number): number {
  const wanted = Date.UTC(year, month - 1, day, hour);
  let at = wanted;
  for (let round = 0; round < 3; round++) {
    const shown = wallClock(zone, at);
    at += wanted - Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute);
  }
  return at;
}

export type HourClass = "business" | "off" | "sleep";

export function hourClass(zone: string, atMs: number): HourClass {
  const { hour, weekday } = wallClock(zone, atMs);
  if (hour >= 22 || hour < 8) return "sleep";
  return weekday >= 6 || hour >= 18 ? "off" : "business";
}
