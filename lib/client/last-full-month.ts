import { monthBounds, monthOf } from "@/lib/domain/month-bounds";

/** `2026-10` for any moment of November 2026, by UTC. */
export function lastFullMonth(now: Date): string {
  return monthBounds(monthOf(now), -1).month;
}
