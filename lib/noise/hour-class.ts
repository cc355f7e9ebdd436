/** What a clock on the wall beside a person shows, and the class of that hour. */
import type { NoiseSettings } from "@/lib/domain/noise-settings";
import type { Responder } from "@/lib/domain/on-call";

export type HourClass = "business" | "off" | "sleep";

export interface WallClock {
  readonly hourClass: HourClass;
  /** 1 is Monday. */
  readonly weekday: number;
  readonly hour: number;
  /** The evening on which the night began, `2026-10-03`; empty outside sleeping hours. */
  readonly night: string;
  /** True when no zone is known for the person at that time, so that UTC was taken. */
  readonly assumed: boolean;
}

const DAY = 86_400_000;
/** Every zone in use differs from UTC by whole quarters of an hour, and changes on one. */
const QUARTER = 900_000;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/**
 * Reads clocks for one report; answers are kept by zone and quarter of an hour.
 * Sleeping hours win over weekends and holidays, these over working hours. 22:00:00 sleeps, 08:00:00 does not.
 */
export function createClock(settings: NoiseSettings) {
  const formats = new Map<string, Intl.DateTimeFormat | null>();
  const known = new Map<string, Map<number, WallClock>>();
  const holidays = new Set<string>(settings.holidays);
  return (person: Responder | undefined, instant: number): WallClock => {
    const zone = zoneAt(person, instant);
    const format = zone === null ? null : formatOf(zone, formats);
    const used = format === null ? "" : (zone ?? "");
    let quarters = known.get(used);
    if (quarters === undefined) known.set(used, (quarters = new Map()));
    const quarter = Math.floor(instant / QUARTER);
    let clock = quarters.get(quarter);
    if (clock === undefined) {
      clock = readClock(format, quarter * QUARTER, settings, holidays);
      quarters.set(quarter, clock);
    }
    return clock;
  };
}

/** The zone that was in force for a person; null when none was. */
function zoneAt(person: Responder | undefined, instant: number): string | null {
  let zone: string | null = null;
  let since = -Infinity;
  for (const entry of person?.zones ?? []) {
    const from = entry.validFrom.getTime();
    if (from <= instant && from >= since) [zone, since] = [entry.zone, from];
  }
  return zone;
}

/** Null for a name that is no zone. */
function formatOf(zone: string, formats: Map<string, Intl.DateTimeFormat | null>): Intl.DateTimeFormat | null {
  let format = formats.get(zone);
  if (format === undefined) {
    try {
      format = wallFormat(zone);
    } catch {
      format = null;
    }
    formats.set(zone, format);
  }
  return format;
}

function wallFormat(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
  });
}

const UTC = wallFormat("UTC");

function readClock(
  format: Intl.DateTimeFormat | null,
  instant: number,
  settings: NoiseSettings,
  holidays: ReadonlySet<string>,
): WallClock {
  const parts: Record<string, string> = {};
  for (const part of (format ?? UTC).formatToParts(instant)) parts[part.type] = part.value;
  const hour = Number(parts.hour);
  const weekday = WEEKDAYS.indexOf(parts.weekday ?? "") + 1;
  const date = `${parts.year}-${parts.month}-${parts.day}`;
  const sleeping = within(hour, settings.sleepFromHour, settings.sleepToHour);
  const working =
    weekday <= 5 && !holidays.has(date) && within(hour, settings.businessFromHour, settings.businessToHour);
  const sinceEvening = settings.sleepFromHour <= settings.sleepToHour || hour >= settings.sleepFromHour;
  return {
    hourClass: sleeping ? "sleep" : working ? "business" : "off",
    weekday,
    hour,
    night: !sleeping ? "" : sinceEvening ? date : dayBefore(date),
    assumed: format === null,
  };
}

/** Half-open, and over midnight when `from` is the later one. Equal bounds hold nothing. */
function within(hour: number, from: number, to: number): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - DAY).toISOString().slice(0, 10);
}
