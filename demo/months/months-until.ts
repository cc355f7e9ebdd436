/** Two whole months and the one that runs, cut at an instant: nothing in it was known only later. */
import { monthBounds, monthOf } from "@/lib/domain/month-bounds";
import type { MonthImpact } from "./customer-impacts";
import type { MonthVerdict } from "./judge-alerts";
import type { MonthDelivery } from "./month-deliveries";
import type { MonthPage } from "./page-people";
import type { MonthShift } from "./rotation";
import { simulateMonth } from "./simulate-month";

export interface MonthsUntil {
  /** Oldest first: `2026-09`. */
  readonly months: readonly string[];
  readonly deliveries: readonly MonthDelivery[];
  /** Not yet: to be posted at their time. */
  readonly later: readonly MonthDelivery[];
  readonly pages: readonly (Omit<MonthPage, "resolvedAtMs"> & { readonly resolvedAtMs: number | null })[];
  readonly shifts: readonly MonthShift[];
  readonly verdicts: readonly MonthVerdict[];
  readonly impacts: readonly MonthImpact[];
}

export function monthsUntil(seed: string, nowMs: number, volume = 1): MonthsUntil {
  const running = monthOf(new Date(nowMs));
  const months = [-2, -1, 0].map((later) => monthBounds(running, later).month);
  const simulated = months.map((month) => simulateMonth({ seed, month, volume }));
  const deliveries = simulated.flatMap((month) => month.deliveries);
  const shifts = new Map(simulated.flatMap((month) => month.shifts.map((shift) => [shift.id, shift] as const)));
  return {
    months,
    deliveries: deliveries.filter(({ atMs }) => atMs <= nowMs),
    later: deliveries.filter(({ atMs }) => atMs > nowMs),
    pages: simulated.flatMap(({ pages }) => pages.filter(({ atMs }) => atMs <= nowMs)).map(knownOf),
    shifts: [...shifts.values()],
    verdicts: simulated.flatMap(({ verdicts }) => verdicts.filter(({ atMs }) => atMs <= nowMs)),
    impacts: simulated.flatMap(({ impacts }) => impacts.filter(({ endMs }) => endMs <= nowMs)),
  };

  function knownOf(page: MonthPage) {
    const past = (atMs: number | null) => (atMs !== null && atMs <= nowMs ? atMs : null);
    const ackedAtMs = past(page.ackedAtMs);
    const engagedMinutes = ackedAtMs === null ? null : page.engagedMinutes;
    return { ...page, ackedAtMs, engagedMinutes, resolvedAtMs: past(page.resolvedAtMs) };
  }
}
