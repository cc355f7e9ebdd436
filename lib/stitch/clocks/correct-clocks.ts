/** Clock skew per host from parent/child bounds. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { ClockCorrection } from "@/lib/domain/stitched-timeline";
import type { EvidenceIndex } from "../graph/evidence-index";
import { hostPairs } from "./host-bounds";
import { hostNames, hostOfRecord, hostOfSpan } from "./host-of-record";
import { hostOffsets, type HostOffset } from "./host-offsets";
import type { JoinResult } from "../graph/join-evidence";
import type { EvidenceRecord } from "../read-records";

export interface ClockReport {
  /** By event id; records whose clock agrees are absent. */
  readonly corrections: ReadonlyMap<string, ClockCorrection>;
  readonly gaps: readonly EvidenceGap[];
}

/** Beyond this a span is more likely broken than a clock wrong. */
const MAX_OFFSET_NS = 600_000_000_000n;
const NOTHING: ClockReport = { corrections: new Map(), gaps: [] };

/**
 * Every record of a host gets the same offset. A host whose spans contradict each other, or that is off by more than ten
 * minutes, is marked and not moved, and a gap counts its records. Does not depend on the order of records. Pure.
 */
export function correctClocks(index: EvidenceIndex, joined: JoinResult): ClockReport {
  const records = index.records.filter((record) => joined.joined.has(record.event.id));
  const spans = records.filter((record) => record.event.kind === "span");
  const pairs = hostPairs(spans, index);
  if (pairs.length === 0) return NOTHING;
  const byHost = new Map(
    hostOffsets(pairs, countPerHost(spans)).flatMap((offset) => {
      const correction = toCorrection(offset);
      return correction ? [[offset.host, correction] as const] : [];
    }),
  );
  if (byHost.size === 0) return NOTHING;
  const names = hostNames(spans);
  const corrections = new Map<string, ClockCorrection>();
  let inDoubt = 0;
  for (const record of records) {
    const host = hostOfRecord(record, index, names);
    const correction = host === undefined ? undefined : byHost.get(host);
    if (!correction) continue;
    corrections.set(record.event.id, correction);
    if (correction.state === "uncorrectable") inDoubt++;
  }
  return { corrections, gaps: inDoubt === 0 ? [] : [skewGap(inDoubt, records.length)] };
}

function toCorrection({ host, reference, offsetNs, pairs, isContradictory }: HostOffset): ClockCorrection | undefined {
  const distanceNs = offsetNs < 0n ? -offsetNs : offsetNs;
  if (isContradictory || distanceNs > MAX_OFFSET_NS)
    return { state: "uncorrectable", offsetNs: 0n, host, reference, pairs };
  return offsetNs === 0n ? undefined : { state: "corrected", offsetNs, host, reference, pairs };
}

function countPerHost(spans: readonly EvidenceRecord[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const span of spans) {
    const host = hostOfSpan(span);
    if (host !== undefined) counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return counts;
}

function skewGap(inDoubt: number, total: number): EvidenceGap {
  return {
    reason: "clock-skew",
    detail:
      "Some clocks disagree by more than can be put right; rows dated by them stand where their own clock puts them.",
    retryable: false,
    shown: total - inDoubt,
    total,
  };
}
