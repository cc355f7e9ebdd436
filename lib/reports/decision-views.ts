/** Decisions as the page shows them: what was expected beside what was measured. */
import "server-only";
import type { DecisionView, MeasuredEffect } from "@/lib/contract/review";
import { monthBounds } from "@/lib/domain/month-bounds";
import type { Principal } from "@/lib/domain/principal";
import { rateRatio } from "@/lib/noise/estimates";
import type { StoredDecision } from "@/lib/store/review-repository";
import { measuredReport, type MeasuredMonth } from "./measured-month";

const DAY_MS = 24 * 3_600_000;
/** Fewer days after a change say nothing. */
const SETTLED_DAYS = 14;
const PER_DAYS = 30;

interface Look {
  /** Of the review that is looked at. */
  readonly month: string;
  readonly measured: MeasuredMonth;
  readonly principal: Principal;
  readonly mayDecide: boolean;
  readonly now: Date;
}

export async function decisionViews(decisions: readonly StoredDecision[], look: Look): Promise<DecisionView[]> {
  return Promise.all(decisions.map((one) => decisionView(one, look)));
}

async function decisionView(decision: StoredDecision, look: Look): Promise<DecisionView> {
  const { principal, mayDecide, month } = look;
  const effect = decision.month < month ? await effectOf(decision, look) : "too early";
  return {
    id: decision.id,
    month: decision.month,
    rule: decision.rule,
    ruleName: decision.ruleName,
    kind: decision.kind,
    owner: decision.owner,
    dueOn: decision.dueOn.toISOString().slice(0, 10),
    why: decision.why,
    expected: decision.expected,
    state: decision.state,
    by: decision.createdByName,
    second: decision.secondByName,
    mayConfirm: mayDecide && decision.state === "unconfirmed" && decision.createdBy !== principal.userId,
    createdAt: decision.createdAt.toISOString(),
    doneAt: decision.doneAt?.toISOString() ?? null,
    version: decision.version,
    carried: decision.state === "open" || decision.state === "unconfirmed" ? monthsBetween(decision.month, month) : 0,
    measured: typeof effect === "string" ? null : effect,
    notMeasured: typeof effect === "string" ? effect : "",
  };
}

/** In words why there is none. The month that was reviewed against the days after it was done. */
async function effectOf(
  { rule, month, state, doneAt }: StoredDecision,
  { measured, now }: Look,
): Promise<MeasuredEffect | string> {
  if (state === "dropped") return "dropped";
  if (state !== "done" || doneAt === null) return "not done yet";
  const { from, watermark, to } = measured.input;
  const start = new Date(Math.max(from.getTime(), doneAt.getTime()));
  const end = new Date(Math.min(to.getTime(), watermark.getTime()));
  const daysAfter = (end.getTime() - start.getTime()) / DAY_MS;
  if (daysAfter < SETTLED_DAYS) return `only ${String(Math.max(0, Math.floor(daysAfter)))} days since it was done`;
  const before = await measuredReport(month, now);
  const bounds = monthBounds(month);
  const daysBefore = (bounds.to.getTime() - bounds.from.getTime()) / DAY_MS;
  const old = before.report.rules.find((line) => line.rule === rule);
  const kept = pagesAfter(rule, measured, start);
  const share = (count: number, days: number): number => (count / days) * PER_DAYS;
  const line = measured.report.rules.find((one) => one.rule === rule);
  const minutesEach = line && line.pages > 0 ? line.costMinutes / line.pages : 0;
  return {
    daysBefore,
    daysAfter,
    pages: { before: share(old?.pages ?? 0, daysBefore), after: share(kept.pages, daysAfter) },
    wakeUps: { before: share(old?.wakeUps ?? 0, daysBefore), after: share(kept.wakeUps, daysAfter) },
    personMinutes: {
      before: share(old?.costMinutes ?? 0, daysBefore),
      after: share(kept.pages * minutesEach, daysAfter),
    },
    ratio: rateRatio({ count: old?.pages ?? 0, exposure: daysBefore }, { count: kept.pages, exposure: daysAfter }, 1),
  };
}

function pagesAfter(rule: string, { input, rowsOf }: MeasuredMonth, start: Date): { pages: number; wakeUps: number } {
  const times = new Map(input.pages.map(({ id, pagedAt }) => [id, pagedAt]));
  const since = (id: string): boolean => (times.get(id) ?? new Date(0)) >= start;
  return {
    pages: rowsOf("pages", `rule:${rule}`).filter(since).length,
    wakeUps: rowsOf("wake-ups", `rule:${rule}`).filter(since).length,
  };
}

function monthsBetween(earlier: string, later: string): number {
  const number = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return Math.max(0, number(later) - number(earlier));
}
