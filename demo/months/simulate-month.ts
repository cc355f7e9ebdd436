/**
 * One calendar month of alerts from causes that are known: what really broke, what was only noise, how Alertmanager told
 * it, whom it woke and what they said. The same seed and month are the same month, whenever it is asked for.
 */
import { monthBounds } from "@/lib/domain/month-bounds";
import { createRandom } from "../story/random";
import { impactsOf, type MonthImpact } from "./customer-impacts";
import { HABITS, judgeAlerts, type JudgeHabits, type MonthVerdict } from "./judge-alerts";
import { deliverMonth, type DeliveryFaults, type MonthDelivery, type Told } from "./month-deliveries";
import { fireRules, type MonthFire } from "./month-fires";
import { planIncidents, type LatentIncident } from "./month-incidents";
import { pagePeople, type MonthPage } from "./page-people";
import { plantNoise } from "./plant-noise";
import { planShifts, type MonthShift } from "./rotation";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface MonthQuestion {
  readonly seed: string;
  /** `2026-10`. */
  readonly month: string;
  /** 1 is some 1,500 fires. */
  readonly volume?: number;
  readonly habits?: JudgeHabits;
}

export interface SimulatedMonth {
  readonly month: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly deliveries: readonly MonthDelivery[];
  readonly pages: readonly MonthPage[];
  readonly shifts: readonly MonthShift[];
  readonly verdicts: readonly MonthVerdict[];
  readonly impacts: readonly MonthImpact[];
  /** What only the simulator knows. */
  readonly truth: {
    readonly incidents: readonly LatentIncident[];
    readonly fires: readonly MonthFire[];
    readonly told: readonly Told[];
    readonly faults: DeliveryFaults;
    readonly restarts: readonly number[];
  };
}

export function simulateMonth({ seed, month, volume = 1, habits = HABITS }: MonthQuestion): SimulatedMonth {
  const randomOf = (part: string) => createRandom(`${seed}/${month}/${part}`);
  const { fromMs, toMs } = boundsOf(month);
  const { incidents, causes } = planIncidents(randomOf("incidents"), fromMs, toMs, volume);
  const noise = plantNoise(randomOf("noise"), fromMs, toMs, volume);
  // In the quiet of a Sunday morning, as somebody sensible would do it.
  const restarts = [firstSunday(fromMs) + 14 * DAY_MS + 9 * HOUR_MS];
  const fires = fireRules(randomOf("rules"), [...causes, ...noise], restarts);
  const faults = faultsOf(fromMs);
  const { told, deliveries } = deliverMonth(randomOf("deliveries"), fires, faults);
  // Rotations run over the ends of months, so they know the seed only.
  const shifts = planShifts((part) => createRandom(`${seed}/${part}`), fromMs, toMs);
  const pages = pagePeople(randomOf("people"), told, shifts);
  const verdicts = judgeAlerts(randomOf("verdicts"), pages, habits);
  const impacts = impactsOf(randomOf("impacts"), incidents, pages);
  const truth = { incidents, fires, told, faults, restarts };
  return { month, fromMs, toMs, deliveries, pages, shifts, verdicts, impacts, truth };
}

function faultsOf(fromMs: number): DeliveryFaults {
  return {
    gaps: [{ fromMs: fromMs + 10.2 * DAY_MS, toMs: fromMs + 10.2 * DAY_MS + 5 * HOUR_MS }],
    silences: [
      { rule: "OrderServiceSlow", fromMs: fromMs + 6 * DAY_MS, toMs: fromMs + 8 * DAY_MS },
      { rule: "InventoryErrors", fromMs: fromMs + 20 * DAY_MS, toMs: fromMs + 20.5 * DAY_MS },
    ],
    lostResolves: 0.004,
    late: 0.01,
    peerCopies: 0.05,
    inhibitionLeaks: 0.06,
  };
}

export function boundsOf(month: string): { readonly fromMs: number; readonly toMs: number } {
  const { from, to } = monthBounds(month);
  return { fromMs: from.getTime(), toMs: to.getTime() };
}

function firstSunday(fromMs: number): number {
  return fromMs + ((7 - new Date(fromMs).getUTCDay()) % 7) * DAY_MS;
}
