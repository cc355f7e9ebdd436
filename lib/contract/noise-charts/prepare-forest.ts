/** Worth paging by rule, with interval: the widest doubts stay visible. Pure. */
import type { RuleLine } from "@/lib/contract/noise-report";

export interface ForestLine {
  readonly rule: string;
  readonly name: string;
  readonly value: number | null;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly standing: RuleLine["standing"];
  readonly why: string;
}

export interface Forest {
  readonly finding: string;
  readonly lines: readonly ForestLine[];
  /** Rules with no verdict at all: not drawn, said. */
  readonly unjudged: number;
}

const LIMIT = 15;

export function prepareForest(rules: readonly RuleLine[]): Forest {
  const judged = rules.filter(({ worthPaging }) => worthPaging.n > 0);
  const lines = [...judged]
    .sort((a, b) => b.noiseMinutes - a.noiseMinutes || (a.rule < b.rule ? -1 : 1))
    .slice(0, LIMIT)
    .map(({ rule, name, worthPaging: { value, low, high, n, why }, standing }) => ({
      rule,
      name,
      value,
      low: low ?? 0,
      high: high ?? 1,
      n,
      standing,
      why,
    }));
  const retirable = rules.filter(({ standing }) => standing === "retire").length;
  const finding =
    judged.length === 0
      ? "No rule has a verdict yet"
      : retirable === 0
        ? "No rule is surely noise"
        : `${String(retirable)} ${retirable === 1 ? "rule is" : "rules are"} more likely noise than not, even at the best of the interval`;
  return { finding, lines, unjudged: rules.length - judged.length };
}
