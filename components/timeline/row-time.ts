/** Which of a row's times is meant: the corrected one, what its source wrote, or when the source received it. Pure. */
import type { EventView } from "@/lib/contract/event-view";

export type TimeBasis = "corrected" | "raw" | "arrival";

/** Nanoseconds since 1970 as 19 digits. A row whose arrival nobody recorded counts from when it happened. */
export function rowTimeNs(row: EventView, basis: TimeBasis): string {
  if (basis === "arrival" && row.observedAt !== undefined) return nsOfInstant(row.observedAt);
  if (basis === "corrected" && row.clock?.state === "corrected") return row.clock.correctedAtNs;
  return row.happenedAtNs;
}

/** `2026-11-23T10:14:03.012000001Z` as 19 digits; any fraction up to nine digits. */
export function nsOfInstant(instant: string): string {
  const fraction = /\.(\d{1,9})/.exec(instant)?.[1] ?? "";
  const seconds = Math.floor(Date.parse(instant) / 1000);
  return `${String(seconds)}${fraction.padEnd(9, "0")}`;
}
