/** Flapping, told from transitions alone: event histories have no regular checks to count. Pure. */

const WINDOW_MS = 3_600_000;
const HELD_MS = 1_800_000;
const OPENS_AT = 6;
const CLOSES_AT = 2;
/** After this long without a transition no span is open, whatever was before. */
export const FLAPPING_MEMORY_MS = WINDOW_MS + HELD_MS;
/** Fewer fires than this cannot flap: each has two transitions at most. */
export const FEWEST_FLAPPING = OPENS_AT / 2;

/** Half-open, milliseconds. */
export interface FlappingSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Spans of flapping of one fingerprint, from the times of its fires' starts and of what was resolved, ascending. A span
 * begins with the transition that makes six in an hour, and ends when an hour has held at most two for thirty minutes: two
 * thresholds, so that a span does not flap itself. Ascending.
 */
export function flappingSpans(times: readonly number[]): FlappingSpan[] {
  const spans: FlappingSpan[] = [];
  let fromMs: number | null = null;
  let lowSinceMs: number | null = null;
  let oldest = 0;
  times.forEach((time, position) => {
    if (fromMs !== null) {
      lowSinceMs ??= quietAfter(times, position);
      if (lowSinceMs + HELD_MS <= time) {
        spans.push({ fromMs, toMs: lowSinceMs + HELD_MS });
        fromMs = null;
      }
    }
    while (time - (times[oldest] ?? time) >= WINDOW_MS) oldest += 1;
    const count = position - oldest + 1;
    if (fromMs === null && count >= OPENS_AT) fromMs = time;
    if (fromMs === null || count > CLOSES_AT) lowSinceMs = null;
  });
  if (fromMs !== null) spans.push({ fromMs, toMs: (lowSinceMs ?? quietAfter(times, times.length)) + HELD_MS });
  return spans;
}

/** When the hour first held at most two, after the transition before `position` and before that at it. */
function quietAfter(times: readonly number[], position: number): number {
  return Math.max(times[position - 1] ?? -Infinity, (times[position - 1 - CLOSES_AT] ?? -Infinity) + WINDOW_MS);
}

export function isInSpan(spans: readonly FlappingSpan[], timeMs: number): boolean {
  return spans.some(({ fromMs, toMs }) => timeMs >= fromMs && timeMs < toMs);
}
