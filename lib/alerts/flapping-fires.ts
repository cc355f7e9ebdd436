/**
 * Fires inside spans of flapping, by events: a span opens when six starts and ends lie within an hour, and closes when at
 * most two did for half an hour. Two thresholds, so that a span does not flap itself. Pure.
 */
import type { AlertFire } from "@/lib/domain/alert-history";

const WINDOW_MS = 60 * 60_000;
const HELD_MS = 30 * 60_000;
const OPENS_AT = 6;
const CLOSES_AT = 2;
/** After this long without a start or an end no span is open, whatever was before. */
export const FLAPPING_MEMORY_MS = WINDOW_MS + HELD_MS;

type Timed = Pick<AlertFire, "id" | "startsAt" | "endsAt" | "endReason">;

/** In: fires of one fingerprint, any order. Out: ids of those that start inside a span. */
export function flappingFires(fires: readonly Timed[]): ReadonlySet<string> {
  const spans = flappingSpans(fires.flatMap(transitionsOf));
  const isInside = ({ startsAt }: Timed) =>
    spans.some(({ fromMs, toMs }) => startsAt.getTime() >= fromMs && startsAt.getTime() <= toMs);
  return new Set(spans.length === 0 ? [] : fires.filter(isInside).map(({ id }) => id));
}

function transitionsOf({ startsAt, endsAt, endReason }: Timed): number[] {
  return endsAt !== null && endReason === "resolved" ? [startsAt.getTime(), endsAt.getTime()] : [startsAt.getTime()];
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

function flappingSpans(transitions: readonly number[]): Span[] {
  const spans: Span[] = [];
  let count = 0;
  let fromMs: number | null = null;
  let lowSinceMs: number | null = null;
  for (const [atMs, change] of changesOf(transitions)) {
    if (fromMs !== null && lowSinceMs !== null && atMs - lowSinceMs >= HELD_MS) {
      spans.push({ fromMs, toMs: lowSinceMs + HELD_MS });
      [fromMs, lowSinceMs] = [null, null];
    }
    count += change;
    if (fromMs === null && count >= OPENS_AT) fromMs = atMs;
    if (fromMs !== null) lowSinceMs = count <= CLOSES_AT ? (lowSinceMs ?? atMs) : null;
  }
  if (fromMs !== null) spans.push({ fromMs, toMs: Infinity });
  return spans;
}

/** What enters the window and what leaves it, as one step per instant. */
function changesOf(transitions: readonly number[]): [number, number][] {
  const changes = new Map<number, number>();
  for (const atMs of transitions) {
    changes.set(atMs, (changes.get(atMs) ?? 0) + 1);
    changes.set(atMs + WINDOW_MS, (changes.get(atMs + WINDOW_MS) ?? 0) - 1);
  }
  return [...changes].sort(([a], [b]) => a - b);
}
