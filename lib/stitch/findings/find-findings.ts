/** What the rows say about the incident: first symptom, break point, staff impact, recent change, blast radius. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { Finding, TimelineRow } from "@/lib/domain/stitched-timeline";
import { findBlastRadius } from "./find-blast-radius";
import { findBreakPoint } from "./find-break-point";
import { findFirstSymptom, firstSymptom } from "./find-first-symptom";
import { findRecentChange } from "./find-recent-change";
import { findStaffImpact } from "./find-staff-impact";
import { buildSpanTree } from "./span-tree";
import { standingFailures } from "./standing-failures";

export interface FindingInput {
  /** In timeline order, parts included. */
  readonly rows: readonly TimelineRow[];
  /** Every gap known so far, those of sources included: what is missing decides how sure a finding may be. */
  readonly gaps: readonly EvidenceGap[];
}

/**
 * In the order of the sentence above; kinds that have nothing to say are left out. The same rows and gaps give the same
 * findings. Linear in rows.
 */
export function findFindings({ rows, gaps }: FindingInput): Finding[] {
  const tree = buildSpanTree(rows);
  const standing = standingFailures(tree);
  const symptom = firstSymptom(tree, standing);
  const staffImpact = findStaffImpact(rows, tree, standing);
  const findings = [
    symptom && findFirstSymptom(symptom, standing),
    findBreakPoint({ rows, tree, standing, gaps, symptom }),
    staffImpact,
    symptom && findRecentChange(rows, symptom, staffImpact?.rows[0]),
    findBlastRadius(rows, tree, standing, gaps),
  ];
  return findings.filter((finding) => finding !== undefined);
}
