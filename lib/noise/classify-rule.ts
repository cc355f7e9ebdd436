/** What a rule watches, as far as its label, its expression or its name tells. */
import type { RuleLine } from "@/lib/contract/noise-report";
import type { NoiseRule } from "@/lib/domain/noise-input";
import { RULE_CLASSES, type RuleClass } from "@/lib/domain/rule-class";

type Known = Exclude<RuleClass, "other">;

/** In this order: a queue that has not run for long is a missed window. All parts of one must be there. */
const EXPRESSIONS: readonly (readonly [Known, readonly RegExp[]])[] = [
  ["missed-window", [/\btime\(\)\s*-|\babsent_over_time\(/, /success|complet|finish|last_?(run|seen)|heartbeat/i]],
  ["three-failures", [/fail/i, />=\s*3\b|>\s*2\b/]],
  ["empty-output", [/rows|records|items|output|imported|exported|written/i, /==\s*0\b|<\s*1\b/]],
  ["growing-queue", [/queue|backlog|pending|unprocessed|consumer_?lag/i]],
  ["symptom", [/burn|slo[_:]|error_?budget|histogram_quantile|latency|5\.\.|5xx|errors?_total|error_?rat(e|io)/i]],
];
const NAMES: readonly (readonly [Known, RegExp])[] = [
  ["missed-window", /missed|overdue|did ?not ?run|not ?run|heartbeat|dead ?man/i],
  ["three-failures", /in ?a ?row|consecutive|repeated(ly)? ?fail|keeps ?failing/i],
  ["empty-output", /empty|no ?rows|no ?records|no ?output/i],
  ["growing-queue", /queue|backlog|consumer ?lag/i],
  ["symptom", /burn|slo\b|error ?budget|errors?$|error ?rat(e|io)|latency|slow|unavailable|availability/i],
];

/** A label or annotation `rule_class` wins over the expression, which wins over the name. */
export function classifyRule(
  rule: Pick<NoiseRule, "name" | "expression" | "declaredClass">,
): NonNullable<RuleLine["watches"]> {
  const declared = RULE_CLASSES.find((one) => one === rule.declaredClass);
  if (declared !== undefined) return { class: declared, by: "label" };
  const shown = EXPRESSIONS.find(([, parts]) => parts.every((part) => part.test(rule.expression)));
  if (shown !== undefined) return { class: shown[0], by: "expression" };
  const named = NAMES.find(([, pattern]) => pattern.test(spaced(rule.name)));
  return named === undefined ? { class: "other", by: "nothing" } : { class: named[0], by: "name" };
}

/** `PushQueueGrowing` and `push_queue_growing` are `Push Queue Growing`. */
function spaced(name: string): string {
  return name.replaceAll(/[_-]/g, " ").replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2");
}
