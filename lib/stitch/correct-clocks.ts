/** Clock skew per host from parent/child bounds. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { ClockCorrection } from "@/lib/domain/stitched-timeline";
import type { EvidenceIndex } from "./evidence-index";
import type { JoinResult } from "./join-evidence";

export interface ClockReport {
  /** By event id; records whose clock agrees are absent. */
  readonly corrections: ReadonlyMap<string, ClockCorrection>;
  readonly gaps: readonly EvidenceGap[];
}

export function correctClocks(_index: EvidenceIndex, _joined: JoinResult): ClockReport {
  return { corrections: new Map(), gaps: [] };
}
