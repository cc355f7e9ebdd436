/** All evidence of one question → rows in order, each with the chain that brought it in. Pure; never throws. */
import type { CorrelationKey, KeyId } from "@/lib/domain/correlation-key";
import type { Limits } from "@/lib/domain/configuration";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { ExpansionRule } from "@/lib/domain/key-rule";
import type { StitchedTimeline, TimelineRow } from "@/lib/domain/stitched-timeline";
import { correctClocks } from "./clocks/correct-clocks";
import { countServices } from "./count-services";
import { indexEvidence, type EvidenceIndex } from "./graph/evidence-index";
import { findFindings } from "./findings/find-findings";
import { groupRows } from "./facts/group-rows";
import { joinEvidence, type JoinResult } from "./graph/join-evidence";
import { keyEdges } from "./graph/key-edges";
import { makeRows } from "./make-rows";
import { orderRows } from "./clocks/order-rows";
import type { EvidenceRecord } from "./read-records";
import { serviceCalls } from "./findings/service-calls";
import { servicesWithoutIds } from "./graph/services-without-ids";
import {
  countUnlinked,
  isEmptyUnlinked,
  namedByUnlinked,
  takeOutUnlinked,
  unlinkedGap,
  type Unlinked,
} from "./graph/take-out-unlinked";
import { touchedKeys } from "./graph/touched-keys";
import { unreadTextGap } from "./graph/unread-text";
import { unnamedValueGap } from "./graph/unnamed-values";

export interface StitchInput {
  readonly asked: readonly CorrelationKey[];
  /** One array per settled step, in any order. */
  readonly batches: readonly (readonly EvidenceRecord[])[];
  readonly expansion: readonly ExpansionRule[];
  readonly limits: Limits;
  /** Gaps that sources reported: they decide how sure a finding may be. */
  readonly sourceGaps?: readonly EvidenceGap[];
  /** Keys whose boundary may be crossed. */
  readonly widen?: ReadonlySet<KeyId>;
  /** Event ids and key ids that a person took out of this incident. */
  readonly unlinked?: Unlinked;
  /**
   * Rows of which the asker may know more than that they exist; all when absent. What is counted, listed and concluded
   * comes from these alone, or it would tell about the others.
   */
  readonly tells?: (row: TimelineRow) => boolean;
}

/** In: records in any order, repeats allowed. Out: see `StitchedTimeline`. The same records always give the same result. */
export function stitchTimeline(input: StitchInput): StitchedTimeline {
  const unlinked = input.unlinked ?? NOTHING;
  const index = indexEvidence(takeOutUnlinked(input.batches, unlinked));
  const joined = join(input, index);
  const clocks = correctClocks(index, joined);
  const rows = groupRows(orderRows(makeRows(index, joined, input.asked), index, joined, clocks.corrections), joined);
  const taken = isEmptyUnlinked(unlinked) ? undefined : indexEvidence(input.batches);
  const told = input.tells ? rows.filter(input.tells) : rows;
  const missing = taken ? countUnlinked(unlinked, join(input, taken), joined) : new Map<string, number>();
  const gaps = [
    ...joined.gaps,
    ...clocks.gaps,
    ...unnamedValueGap(index, joined),
    ...unreadTextGap(index.records),
    ...servicesWithoutIds(input.asked, told),
    ...unlinkedGap(missing),
  ];
  const keys = touchedKeys(input.asked, told, joined, input.limits);
  const records = (taken ?? index).records.length;
  return {
    rows,
    keys,
    edges: keyEdges(told, keys, joined),
    services: countServices(told, joined),
    around: told === rows ? undefined : countServices(rows, joined),
    calls: serviceCalls(told),
    findings: findFindings({ rows: told, gaps: [...(input.sourceGaps ?? []), ...gaps] }),
    gaps,
    follow: joined.follow,
    records,
    leftOut: records - rows.length,
    foreign: joined.foreign,
    unlinked: missing,
  };
}

const NOTHING: Unlinked = { events: new Set(), keys: new Set() };

function join(
  { asked, batches, expansion, limits, widen = new Set(), unlinked = NOTHING }: StitchInput,
  index: EvidenceIndex,
): JoinResult {
  return joinEvidence({ asked, index, expansion, limits, widen, takenOut: namedByUnlinked(batches, unlinked) });
}
