/**
 * Instants with nanoseconds, kept as decimal text.
 *
 * A JavaScript number loses the last two or three digits of a present-day nanosecond count, so two events one
 * nanosecond apart would swap places. Text is padded to 19 digits so that string order is time order and no
 * conversion is needed between the wire and the screen.
 */
import { z } from "zod";

declare const brand: unique symbol;

/** Nanoseconds since 1970-01-01T00:00:00Z, exactly 19 decimal digits (1970 to 2286). */
export type EpochNs = string & { readonly [brand]: "EpochNs" };

const WIDTH = 19;
const NS_PER_MS = 1_000_000n;

/** Validates text that is already in the padded form. */
export const EpochNs = z
  .string()
  .regex(/^\d{19}$/, "expected 19 digits of nanoseconds since 1970")
  .transform((text) => text as EpochNs);

/** Reads a non-negative decimal count of nanoseconds. Returns undefined for anything else. */
export function parseEpochNs(text: string): EpochNs | undefined {
  if (text.length === WIDTH && isDigits(text)) return text as EpochNs;
  if (text.length === 0 || text.length > WIDTH || !isDigits(text)) return undefined;
  return text.padStart(WIDTH, "0") as EpochNs;
}

/** Milliseconds since 1970 (may be fractional; rounded to the microsecond a double can still hold). */
export function epochNsFromMs(ms: number): EpochNs {
  const whole = Math.floor(ms);
  const restNs = Math.round((ms - whole) * 1000) * 1000;
  return epochNsFromBigInt(BigInt(whole) * NS_PER_MS + BigInt(restNs));
}

export function epochNsFromBigInt(ns: bigint): EpochNs {
  if (ns < 0n) return "0".repeat(WIDTH) as EpochNs;
  return ns.toString().padStart(WIDTH, "0") as EpochNs;
}

/** An RFC 3339 instant with up to nine fraction digits. Returns undefined when it is not one. */
export function epochNsFromRfc3339(text: string): EpochNs | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9})\d*)?([Zz]|[+-]\d\d:?\d\d)?$/.exec(text.trim());
  if (!match) return undefined;
  const [, date, time, fraction = "", zone = "Z"] = match;
  const seconds = Date.parse(`${date}T${time}${zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, "$1:$2")}`);
  if (Number.isNaN(seconds) || seconds < 0) return undefined;
  return epochNsFromBigInt(BigInt(seconds) * NS_PER_MS + BigInt(fraction.padEnd(9, "0")));
}

/** Whole milliseconds since 1970, rounded down. Safe as a number until the year 2286. */
export function epochMs(at: EpochNs): number {
  return Number(at.slice(0, WIDTH - 6));
}

/** `2026-11-23T10:14:06.214000001Z` with all nine fraction digits. */
export function toRfc3339Nano(at: EpochNs): string {
  return `${new Date(epochMs(at)).toISOString().slice(0, 20)}${at.slice(WIDTH - 9)}Z`;
}

/** Moves an instant by a signed number of nanoseconds. */
export function addNs(at: EpochNs, deltaNs: bigint): EpochNs {
  return epochNsFromBigInt(BigInt(at) + deltaNs);
}

/** Signed distance in nanoseconds. */
export function durationNs(from: EpochNs, to: EpochNs): bigint {
  return BigInt(to) - BigInt(from);
}

function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
