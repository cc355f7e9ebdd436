/**
 * A time range as on-call people type it: `15m`, `now-6h`, `yesterday`, a pasted instant, `Jan 1 - Jan 2`.
 * Pure: `now` and the zone are arguments. `text` of each end goes into links: relative where the range moves with the
 * clock, absolute otherwise.
 */
import { epochMs, toRfc3339Nano, type EpochNs, epochNsFromMs } from "@/lib/domain/epoch-ns";
import { floorTo, moveBy, type Zone } from "./calendar";
import { parseDayOrClock } from "./parse-day-or-clock";
import { parseEpoch, parseIso, parseNowExpression } from "./parse-instant";

export interface RangeEnd {
  readonly iso: string;
  readonly ms: number;
  /** What a link carries: `now-15m`, or the ISO form. */
  readonly text: string;
}
export interface TimeRange {
  readonly from: RangeEnd;
  readonly to: RangeEnd;
  readonly label: string;
  /** True when the range moves with the clock. */
  readonly relative: boolean;
}
export interface RangeProblem {
  readonly problem: string;
}

const AROUND_MS = 15 * 60_000;
const EXPECTED = "Not a time range. Try 15m, 3h, now-6h, yesterday, an ISO time, epoch, or “Jan 1 - Jan 2”.";
const BACKWARDS = "The start must be before the end.";
const UNIT_WORDS: Record<string, string> = {
  s: "s", sec: "s", secs: "s", second: "s", seconds: "s",
  m: "m", min: "m", mins: "m", minute: "m", minutes: "m",
  h: "h", hr: "h", hrs: "h", hour: "h", hours: "h",
  d: "d", day: "d", days: "d",
  w: "w", week: "w", weeks: "w",
}; // prettier-ignore

/** Reads a typed or pasted range. Never throws; the problem text says what is accepted. */
export function parseTimeRange(text: string, now: number, zone: Zone = "utc"): TimeRange | RangeProblem {
  const plain = text
    .trim()
    .replace(/^["'`]+|["'`]+$/g, "")
    .replace(/\s+/g, " ");
  if (plain === "" || plain.length > 200) return { problem: EXPECTED };
  return (
    parseLast(plain, now) ??
    parseWords(plain, now, zone) ??
    parsePair(plain, now, zone) ??
    parseSingle(plain, now, zone)
  );
}

/** `15m`, `1h30m`, `last 2 hours`, `2 days ago to now` is left to the pair form. */
function parseLast(text: string, now: number): TimeRange | undefined {
  const match = /^(?:(?:the )?(?:last|past) |-)?((?:\d{1,6} ?[a-z]+ ?)+)$/i.exec(text);
  if (!match?.[1]) return undefined;
  let offsets = "";
  for (const [, count, word = ""] of match[1].matchAll(/(\d+) ?([a-z]+)/gi)) {
    const unit = UNIT_WORDS[word.toLowerCase()];
    if (unit === undefined || Number(count) === 0) return undefined;
    offsets += `-${count}${unit}`;
  }
  const from = parseNowExpression(`now${offsets}`, now, "utc");
  if (!from) return undefined;
  return range(
    end(from.ns, `now${offsets}`),
    endOfMs(now, "now"),
    `last ${offsets.slice(1).replaceAll("-", " ")}`,
    true,
  );
}

function parseWords(text: string, now: number, zone: Zone): TimeRange | undefined {
  const today = floorTo(now, "day", zone);
  switch (text.toLowerCase()) {
    case "today":
      return range(endOfMs(today), endOfMs(now, "now"), "today", true);
    case "yesterday":
      return range(endOfMs(moveBy(today, -1, "day", zone)), endOfMs(today), "yesterday", false);
    default:
      return undefined;
  }
}

function parsePair(text: string, now: number, zone: Zone): TimeRange | RangeProblem | undefined {
  for (const [left, right] of splits(text)) {
    const from = parseEnd(left, now, zone, "start");
    const to = parseEnd(right, now, zone, "end");
    if (!from || !to) continue;
    const [fromMs, toMs] = settleClocks(from, to, now, zone);
    const first = from.clock ? endOfMs(fromMs) : from.end;
    const last = to.clock ? endOfMs(toMs) : to.end;
    if (first.ms >= last.ms) return { problem: BACKWARDS };
    return range(first, last, from.relative && to.end.text === "now" ? sinceLabel(first) : "custom range", to.relative);
  }
  return undefined;
}

/** `6:00 am - 1:00 pm` means the latest such span that has begun; an end before its start is on the next day. */
function settleClocks(from: ParsedEnd, to: ParsedEnd, now: number, zone: Zone): [number, number] {
  let fromMs = from.end.ms;
  let toMs = to.end.ms;
  if (from.clock && fromMs > now) {
    fromMs = moveBy(fromMs, -1, "day", zone);
    if (to.clock) toMs = moveBy(toMs, -1, "day", zone);
  }
  if (to.clock && !from.clock) {
    // "2026-11-23 10:00 - 11:00": the second clock belongs to the first one's day.
    toMs = floorTo(fromMs, "day", zone) + (to.end.ms - floorTo(to.end.ms, "day", zone));
  }
  if (to.clock && toMs <= fromMs) toMs = moveBy(toMs, 1, "day", zone);
  return [fromMs, toMs];
}

function parseSingle(text: string, now: number, zone: Zone): TimeRange | RangeProblem {
  const expression = parseNowExpression(text, now, zone);
  if (expression?.unit) {
    const start = epochMs(expression.ns);
    const stop = moveBy(start, 1, expression.unit, zone);
    if (start > now) return { problem: "That range lies in the future." };
    const open = stop > now;
    const fromText = zone === "utc" && open ? text.replaceAll(" ", "") : undefined;
    return range(endOfMs(start, fromText), open ? endOfMs(now, "now") : endOfMs(stop), text, open);
  }
  if (expression) {
    const from = end(expression.ns, text.replaceAll(" ", ""));
    return from.ms < now ? range(from, endOfMs(now, "now"), sinceLabel(from), true) : { problem: BACKWARDS };
  }
  const single = parseEnd(text, now, zone, "start");
  if (!single) return { problem: EXPECTED };
  if (single.dayLong) {
    return range(single.end, endOfMs(moveBy(single.end.ms, 1, "day", zone)), text, false);
  }
  const at = single.clock && single.end.ms > now ? moveBy(single.end.ms, -1, "day", zone) : single.end.ms;
  return range(endOfMs(Math.max(0, at - AROUND_MS)), endOfMs(at + AROUND_MS), "15 min around one instant", false);
}

interface ParsedEnd {
  readonly end: RangeEnd;
  readonly relative: boolean;
  readonly clock: boolean;
  readonly dayLong: boolean;
}

/** A whole day as the end of a range includes that day. */
function parseEnd(text: string, now: number, zone: Zone, side: "start" | "end"): ParsedEnd | undefined {
  const plain = text.trim();
  const expression = parseNowExpression(plain, now, zone);
  if (expression) {
    const rounded = expression.unit !== undefined;
    const startMs = epochMs(expression.ns);
    const ms = expression.unit && side === "end" ? moveBy(startMs, 1, expression.unit, zone) : startMs;
    const ended = rounded ? endOfMs(ms) : end(expression.ns, plain.replaceAll(" ", ""));
    return { end: ended, relative: !rounded, clock: false, dayLong: false };
  }
  const epoch = parseEpoch(plain);
  if (epoch) return { end: end(epoch), relative: false, clock: false, dayLong: false };
  const iso = parseIso(plain, zone);
  if (iso && !iso.dateOnly) return { end: end(iso.ns), relative: false, clock: false, dayLong: false };
  const day = iso ? { ms: epochMs(iso.ns), dayLong: true, clock: false } : parseDayOrClock(plain, now, zone);
  if (!day) return undefined;
  const ms = day.dayLong && side === "end" ? moveBy(day.ms, 1, "day", zone) : day.ms;
  return { end: endOfMs(ms), relative: false, clock: day.clock, dayLong: day.dayLong };
}

/** Every way to cut the text in two, safest separator first: a dash is also part of dates and of `now-1h`. */
function splits(text: string): [string, string][] {
  const found: [string, string][] = [];
  for (const separator of [/ to /gi, / until /gi, /\.\.+/g, / [-–—→] /g, /[–—→]/g, /\//g, /, ?/g, / /g, /-/g]) {
    for (const match of text.matchAll(separator)) {
      found.push([text.slice(0, match.index), text.slice(match.index + match[0].length)]);
    }
  }
  return found;
}

function sinceLabel(from: RangeEnd): string {
  const offset = /^now-([0-9a-zA-Z-]+)$/.exec(from.text)?.[1];
  return offset === undefined ? "until now" : `last ${offset.replaceAll("-", " ")}`;
}

function range(from: RangeEnd, to: RangeEnd, label: string, relative: boolean): TimeRange {
  return { from, to, label, relative };
}

function end(ns: EpochNs, text?: string): RangeEnd {
  const iso = toRfc3339Nano(ns).replace(/(\.\d{3})0{6}Z$/, "$1Z");
  return { iso, ms: epochMs(ns), text: text ?? iso };
}

function endOfMs(ms: number, text?: string): RangeEnd {
  return end(epochNsFromMs(ms), text);
}
