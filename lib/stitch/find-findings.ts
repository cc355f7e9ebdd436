/** What the rows say about the incident: first symptom, break point, staff impact, recent change, blast radius. */
import type { KeyKind } from "@/lib/domain/correlation-key";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { Finding, TimelineRow } from "@/lib/domain/stitched-timeline";
import { findFirstSymptom } from "./find-first-symptom";

export interface FindingInput {
  /** In timeline order, parts included. */
  readonly rows: readonly TimelineRow[];
  readonly askedKinds: ReadonlySet<KeyKind>;
  /** Every gap known so far, those of sources included: what is missing decides how sure a finding may be. */
  readonly gaps: readonly EvidenceGap[];
}

export function findFindings({ rows, askedKinds }: FindingInput): Finding[] {
  return findFirstSymptom(rows, askedKinds);
}
