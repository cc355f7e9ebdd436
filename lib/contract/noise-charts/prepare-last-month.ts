/** Last month's decisions that were carried out or dropped: those still open stand under "Carried over" already. Pure. */
import type { DecisionView, ReviewView } from "@/lib/contract/review";

interface LastMonth {
  readonly decisions: readonly DecisionView[];
  /** Instead of an empty table. */
  readonly none: string;
}

export function prepareLastMonth({ lastMonth, carriedOver }: ReviewView): LastMonth {
  const open = new Set(carriedOver.map(({ id }) => id));
  return {
    decisions: lastMonth.filter(({ id }) => !open.has(id)),
    none:
      lastMonth.length === 0 ? "Nothing was decided the month before." : "None of last month's decisions is done yet.",
  };
}
