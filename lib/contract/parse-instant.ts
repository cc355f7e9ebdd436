/**
 * One instant as people and scripts write it: ISO 8601, epoch seconds to nanoseconds, `now`, `now-1h`, `now/d`.
 * Pure: the clock is an argument, so a range means the same to the browser, the API and a test.
 */
import { epochNsFromMs, epochNsFromRfc3339, parseEpochNs, type EpochNs } from "@/lib/domain/epoch-ns";
import { floorTo, moveBy, partsToMs, type CalendarUnit, type Zone } from "./calendar";

const NOW = /^now((?:\s*[+-]\s*\d{1,6}\s*[smhdwMy])*)(?:\s*\/\s*([smhdwMy]))?$/;
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?)?\s?([Zz]|[+-]\d\d:?\d\d)?$/;

/**
 * Reads one instant for the API's `from` and `to`. Text without a zone is read in `zone` (UTC unless told).
 * Returns undefined when the text is none of the accepted forms.
 */
export function parseInstant(text: string, now: number, zone: Zone = "utc"): EpochNs | undefined {
  const plain = text.trim();
  return parseNowExpression(plain, now, zone)?.ns ?? parseEpoch(plain) ?? parseIso(plain, zone)?.ns;
}

/** `now`, `now-6h`, `now-1d/d`. `unit` is the rounding unit: the expression then names a whole day, hour, … */
export function parseNowExpression(
  text: string,
  now: number,
  zone: Zone,
): { ns: EpochNs; unit?: CalendarUnit } | undefined {
  const match = NOW.exec(text);
  if (!match) return undefined;
  let ms = now;
  for (const [, sign, count, unit] of (match[1] ?? "").matchAll(/([+-])\s*(\d+)\s*([smhdwMy])/g)) {
    ms = moveBy(ms, (sign === "-" ? -1 : 1) * Number(count), toUnit(unit), zone);
  }
  if (!Number.isFinite(ms) || ms < 0) return undefined;
  if (match[2] === undefined) return { ns: epochNsFromMs(ms) };
  const unit = toUnit(match[2]);
  return { ns: epochNsFromMs(floorTo(ms, unit, zone)), unit };
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size. */
export function parseEpoch(text: string): EpochNs | undefined {
  if (/^\d{9,10}\.\d{1,9}$/.test(text)) {
    const [seconds = "", fraction = ""] = text.split(".");
    return parseEpochNs(seconds + fraction.padEnd(9, "0"));
  }
  if (!/^\d{9,19}$/.test(text)) return undefined;
  // 1973 to 5138 in seconds are nine to eleven digits; each finer unit adds three.
  const unitDigits = text.length <= 11 ? 9 : text.length <= 14 ? 6 : text.length <= 17 ? 3 : 0;
  return parseEpochNs(text + "0".repeat(unitDigits));
}

/** ISO 8601 date or date-time. `dateOnly` means that the whole day is named. Impossible dates are refused. */
export function parseIso(text: string, zone: Zone): { ns: EpochNs; dateOnly: boolean } | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [, y = "", mo = "", d = "", h, mi = "00", s = "00", fraction = "", offset] = match;
  if (h === undefined && offset !== undefined) return undefined;
  if (Number(h ?? "0") > 23 || Number(mi) > 59 || Number(s) > 60) return undefined;
  const dayMs = partsToMs({ year: Number(y), month: Number(mo) - 1, day: Number(d) }, "utc");
  if (new Date(dayMs).toISOString().slice(0, 10) !== `${y}-${mo}-${d}`) return undefined;
  if (h !== undefined && offset !== undefined) {
    const ns = epochNsFromRfc3339(`${y}-${mo}-${d}T${h}:${mi}:${s}${fraction && `.${fraction}`}${offset}`);
    return ns && { ns, dateOnly: false };
  }
  const ms = partsToMs(
    {
      year: Number(y),
      month: Number(mo) - 1,
      day: Number(d),
      hour: Number(h ?? "0"),
      minute: Number(mi),
      second: Number(s),
    },
    zone,
  );
  if (ms < 0) return undefined;
  const whole = epochNsFromMs(ms);
  const ns = parseEpochNs(whole.slice(0, 10) + fraction.padEnd(9, "0"));
  return ns && { ns, dateOnly: h === undefined };
}

function toUnit(letter: string | undefined): CalendarUnit {
  switch (letter) {
    case "s":
      return "second";
    case "m":
      return "minute";
    case "h":
      return "hour";
    case "w":
      return "week";
    case "M":
      return "month";
    case "y":
      return "year";
    default:
      return "day";
  }
}
