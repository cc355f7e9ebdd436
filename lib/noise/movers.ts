/** Rules that page more or less than the month before, beyond chance. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import { loadsBy } from "./loads";
import type { Month } from "./prepare-month";

/** Biggest change first, twenty at most. Pages are counted; episodes when no pager has told of any. */
export function findMovers(
  month: Month,
  before: Month | null,
  nameOf: (rule: string) => string,
): NoiseReport["movers"] {
  if (before === null) return [];
  const unit = month.own.length + before.own.length > 0 ? "pages" : "episodes";
  const [now, old] = [loadsBy(month, "rule"), loadsBy(before, "rule")];
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((rule) => ({ rule, after: now.get(rule)?.[unit] ?? 0, before: old.get(rule)?.[unit] ?? 0 }))
    .filter(({ before: a, after: b }) => (a === 0) !== (b === 0) || Math.abs(b - a) > 1.96 * Math.sqrt(a + b))
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.rule < b.rule ? -1 : 1))
    .slice(0, 20)
    .map(({ rule, before: a, after: b }) => ({
      rule,
      name: nameOf(rule),
      before: a,
      after: b,
      kind: a === 0 ? "new" : b === 0 ? "gone" : b > a ? "worse" : "better",
    }));
}
