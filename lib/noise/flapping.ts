/** Flapping, told from transitions alone: event histories have no regular checks to count. */
import { at } from "./at";
import type { FireIndex } from "./index-fires";

const WINDOW = 3_600_000;
const HOLD = 1_800_000;
const START = 6;
const LOW = 2;

/**
 * Spans of flapping of one fingerprint, from its sorted fire and resolve times. A span begins with the transition that
 * makes six in an hour, and ends when an hour has held at most two for thirty minutes.
 */
export function flappingSpans(times: readonly number[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  let since: number | null = null;
  let lowSince: number | null = null;
  let oldest = 0;
  times.forEach((time, position) => {
    if (since !== null) {
      lowSince ??= quietAfter(times, position);
      if (lowSince + HOLD <= time) {
        spans.push({ from: since, to: lowSince + HOLD });
        since = null;
      }
    }
    while (time - at(times, oldest) >= WINDOW) oldest += 1;
    const count = position - oldest + 1;
    if (since === null && count >= START) since = time;
    if (since === null || count > LOW) lowSince = null;
  });
  if (since !== null) spans.push({ from: since, to: (lowSince ?? quietAfter(times, times.length)) + HOLD });
  return spans;
}

/** When the hour first held at most two, after the transition before `position` and before that at it. */
function quietAfter(times: readonly number[], position: number): number {
  return Math.max(at(times, position - 1), (times[position - 1 - LOW] ?? -Infinity) + WINDOW);
}

/** The fires that start inside spans of flapping of their fingerprint, as positions. Reads the margin before the month. */
export function findFlappingFires(index: FireIndex): number[] {
  const { codes, names } = index.coded.fingerprint;
  const byFingerprint = names.map((): number[] => []);
  codes.forEach((code, position) => at(byFingerprint, code).push(position));
  const flapping: number[] = [];
  for (const own of byFingerprint) {
    if (own.length < START / 2) continue;
    const times: number[] = [];
    for (const position of own) {
      const fire = at(index.fires, position);
      times.push(fire.startsAt);
      if (fire.endsAt !== null && fire.endReason === "resolved") times.push(fire.endsAt);
    }
    times.sort((a, b) => a - b);
    const spans = flappingSpans(times);
    if (spans.length === 0) continue;
    for (const position of own) {
      const start = at(index.fires, position).startsAt;
      if (spans.some((span) => start >= span.from && start < span.to)) flapping.push(position);
    }
  }
  return flapping.filter((fire) => fire >= index.inMonth.from && fire < index.inMonth.to).sort((a, b) => a - b);
}
