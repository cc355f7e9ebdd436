/** Weak labels against what somebody who knew everything would say. */
import type { RowsOf } from "@/lib/noise/rows";
import type { MonthSeen } from "./month-input";
import type { Share } from "./score-month";

export interface WeakScore {
  readonly actionable: Share;
  readonly noise: Share;
}

export function scoreWeak({ episodeOf }: MonthSeen, rowsOf: RowsOf): WeakScore {
  const worth = new Map<string, boolean>();
  for (const [fire, episode] of episodeOf) {
    if (!worth.has(episode)) worth.set(episode, fire.cause.truth === "actionable");
  }
  const rightly = (figure: "weak-actionable" | "weak-noise", isWorth: boolean): Share => {
    const rows = rowsOf(figure);
    return { found: rows.filter((id) => worth.get(id) === isWorth).length, of: rows.length };
  };
  return { actionable: rightly("weak-actionable", true), noise: rightly("weak-noise", false) };
}
