/** Prometheus's own state machine over times at which a condition holds (rules/alerting.go). */
import type { MonthRule } from "./month-rules";

export interface Condition {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface RuleFire {
  readonly startMs: number;
  readonly endMs: number;
  /** Place in `conditions` of the first condition that it comes from. */
  readonly condition: number;
}

export const EVALUATION_MS = 30_000;

type Waits = Pick<MonthRule, "forSeconds" | "keepFiringSeconds">;

/**
 * Conditions may touch and overlap. A fire starts when the condition has held at every evaluation for `for`, and ends
 * at the first one where it does not, `keep_firing_for` later. `phaseMs` is the group's place inside the interval.
 */
export function evaluateRule(rule: Waits, conditions: readonly Condition[], phaseMs: number): RuleFire[] {
  const tick = (atMs: number) => Math.ceil((atMs - phaseMs) / EVALUATION_MS) * EVALUATION_MS + phaseMs;
  const fires: RuleFire[] = [];
  const keepMs = rule.keepFiringSeconds * 1_000;
  for (const { fromMs, toMs, condition } of heldAt(conditions, tick)) {
    const last = fires.at(-1);
    if (last !== undefined && fromMs < last.endMs) {
      // Kept alive, and active again before that was over: no new wait.
      fires[fires.length - 1] = { ...last, endMs: Math.max(last.endMs, toMs + keepMs) };
      continue;
    }
    const startMs = fromMs + Math.ceil((rule.forSeconds * 1_000) / EVALUATION_MS) * EVALUATION_MS;
    if (startMs < toMs) fires.push({ startMs, endMs: toMs + keepMs, condition });
  }
  return fires;
}

/** Spans of evaluations at which the condition held: from the first one to the first one after. */
function heldAt(conditions: readonly Condition[], tick: (atMs: number) => number) {
  const spans: { fromMs: number; toMs: number; condition: number }[] = [];
  const ordered = conditions.map((one, condition) => ({ ...one, condition })).sort((a, b) => a.fromMs - b.fromMs);
  for (const { condition, ...one } of ordered) {
    const span = { fromMs: tick(one.fromMs), toMs: tick(one.toMs), condition };
    const last = spans.at(-1);
    if (span.fromMs === span.toMs) continue;
    if (last !== undefined && span.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, span.toMs);
    else spans.push(span);
  }
  return spans;
}
