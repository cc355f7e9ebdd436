/** The gap for time that a source no longer keeps. Pure. */
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";

const MS_PER_DAY = 86_400_000;

/** The part of the window before what the source keeps, when the operator said how long that is. None or one gap. */
export function beforeRetention(
  source: SourceId,
  window: TimeWindow,
  retentionDays: number | undefined,
  nowMs: number,
): EvidenceGap[] {
  if (retentionDays === undefined) return [];
  const oldestNs = epochNsFromMs(nowMs - retentionDays * MS_PER_DAY);
  if (window.fromNs >= oldestNs) return [];
  return [retentionGap(source, { fromNs: window.fromNs, toNs: window.toNs < oldestNs ? window.toNs : oldestNs })];
}

export function retentionGap(source: SourceId, window: TimeWindow): EvidenceGap {
  const detail = "The source no longer keeps records of this time.";
  return { source, reason: "retention", detail, window, retryable: false };
}
