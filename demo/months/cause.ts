/** Why a condition held: what an analysis is not told, and what it is judged by. */
import type { VerdictKind } from "@/lib/domain/on-call";
import type { Condition } from "./evaluate-rule";
import type { Mechanism, MonthRule } from "./month-rules";

export interface Cause extends Condition {
  readonly rule: MonthRule;
  /** Of this alert, beside those of the rule. */
  readonly labels: Readonly<Record<string, string>>;
  readonly why: Mechanism | "incident" | "false-alarm";
  readonly incident: string | null;
  /** What somebody who knew everything would say of a page for it. */
  readonly truth: VerdictKind;
}
