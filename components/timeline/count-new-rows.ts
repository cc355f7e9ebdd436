/** Which rows that arrived while the reader reads lie out of sight. Pure. */
import type { EventView } from "@/lib/contract/event-view";

/** Indexes of the first and the last row that can be seen; undefined when none can. */
export interface VisibleRange {
  readonly first: number;
  readonly last: number;
}

export interface NewRows {
  readonly above: number;
  readonly below: number;
  /** Where to go: the nearest of each side. */
  readonly nearestAbove: number;
  readonly nearestBelow: number;
}

/** `unseen`: ids of arrivals that were never in sight. Rows hidden by the filter count for nothing. */
export function countNewRows(
  rows: readonly Pick<EventView, "id">[],
  unseen: ReadonlySet<string>,
  range: VisibleRange,
): NewRows {
  let [above, below, nearestAbove, nearestBelow] = [0, 0, -1, -1];
  for (let at = 0; at < rows.length && unseen.size > 0; at++) {
    const row = rows[at];
    if (!row || !unseen.has(row.id)) continue;
    if (at < range.first) [above, nearestAbove] = [above + 1, at];
    else if (at > range.last) [below, nearestBelow] = [below + 1, nearestBelow < 0 ? at : nearestBelow];
  }
  return { above, below, nearestAbove, nearestBelow };
}
