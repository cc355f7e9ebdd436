/** Rules that page, by what they watch, and what speaks against them, with what that cost. Pure. */
import type { NoiseReport, RuleLine } from "@/lib/contract/noise-report";
import { RULE_CLASSES } from "@/lib/domain/rule-class";

export const CLASS_WORDS = {
  "missed-window": "A window that was missed",
  "three-failures": "Three failures in a row",
  "empty-output": "An empty output",
  "growing-queue": "A growing queue",
  symptom: "What users meet: an objective, errors, slowness",
  other: "Something else, or not known",
} as const;

export interface PolicyLine {
  readonly key: string;
  /** What the pages are asked by. */
  readonly group: string;
  readonly rules: number;
  readonly pages: number;
  readonly costMinutes: number;
}

export interface Policy {
  /** They add up to all pages; null in months signed before rules were told apart. */
  readonly classes: readonly PolicyLine[] | null;
  /** A rule may have several. Dearest first. */
  readonly breaches: readonly PolicyLine[];
}

export function preparePolicy({ rules }: Pick<NoiseReport, "rules">): Policy {
  const paging = rules.filter(({ pages }) => pages > 0);
  const words = [...new Set(paging.flatMap(({ lint }) => lint))];
  const breaches = words.map((word) =>
    sum(
      word,
      `breach:${word}`,
      paging.filter(({ lint }) => lint.includes(word)),
    ),
  );
  return {
    classes: rules.some(({ watches }) => watches === null)
      ? null
      : RULE_CLASSES.map((one) =>
          sum(
            one,
            `watches:${one}`,
            paging.filter(({ watches }) => watches?.class === one),
          ),
        ).filter((line) => line.rules > 0),
    breaches: breaches.sort((a, b) => b.costMinutes - a.costMinutes || (a.key < b.key ? -1 : 1)),
  };
}

function sum(key: string, group: string, rules: readonly RuleLine[]): PolicyLine {
  const total = (of: (rule: RuleLine) => number) => rules.reduce((all, rule) => all + of(rule), 0);
  return {
    ...{ key, group, rules: rules.length },
    ...{ pages: total(({ pages }) => pages), costMinutes: total(({ costMinutes }) => costMinutes) },
  };
}
