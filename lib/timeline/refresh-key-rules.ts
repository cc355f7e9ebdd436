/** Brings the rules of this process to what is stored: one small read when nothing changed. */
import "server-only";
import type { KeyRule } from "@/lib/domain/key-rule";
import { checkKeyRule } from "@/lib/normalize/check-key-rule";
import { log } from "@/lib/platform/log";
import { reportError } from "@/lib/platform/report-error";
import type { KeyRuleRepository } from "@/lib/store/key-rule-repository";

export interface RulesInForce {
  /** Of the stored rules that `use` was last called with; empty for none. */
  mark: string;
  use(fromPage: readonly KeyRule[]): void;
}

/** Never throws: when the database does not answer, the last known rules stay in force. */
export async function refreshKeyRules(
  inForce: RulesInForce,
  open: () => Promise<Pick<KeyRuleRepository, "mark" | "list">>,
): Promise<void> {
  try {
    const stored = await open();
    if ((await stored.mark()) === inForce.mark) return;
    const { mark, rules } = await stored.list();
    const usable = rules.flatMap(({ rule }) => (rule && checkKeyRule(rule).length === 0 ? [rule] : []));
    inForce.use(usable);
    inForce.mark = mark;
    log("timeline").info({ rules: usable.length, leftOut: rules.length - usable.length }, "key rules changed");
  } catch (error) {
    reportError(error, { area: "timeline.key-rules", expected: true });
  }
}
