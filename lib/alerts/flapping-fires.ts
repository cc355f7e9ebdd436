/** Fires inside spans of flapping. Pure. */
import type { AlertFire } from "@/lib/domain/alert-history";
import { flappingSpans, isInSpan } from "@/lib/domain/flapping-spans";

type Timed = Pick<AlertFire, "id" | "startsAt" | "endsAt" | "endReason">;

/** In: fires of one fingerprint, any order. Out: ids of those that start inside a span. */
export function flappingFires(fires: readonly Timed[]): ReadonlySet<string> {
  const spans = flappingSpans(fires.flatMap(transitionsOf).sort((a, b) => a - b));
  return new Set(fires.filter(({ startsAt }) => isInSpan(spans, startsAt.getTime())).map(({ id }) => id));
}

function transitionsOf({ startsAt, endsAt, endReason }: Timed): number[] {
  return endsAt !== null && endReason === "resolved" ? [startsAt.getTime(), endsAt.getTime()] : [startsAt.getTime()];
}
