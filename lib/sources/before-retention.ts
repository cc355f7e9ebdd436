/** The gap for time that a source no longer keeps. Pure. */
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";

const MS_PER_DAY = 86_400_000;

/** The part of the window before what is kept, when anybody said how long that is. None or one gap. */
export function beforeRetention(
  source: SourceId,
  window: TimeWindow,
  keptMs: number | undefined,
  nowMs: number,
): EvidenceGap[] {
  if (keptMs === undefined) return [];
  const oldestNs = epochNsFromMs(nowMs - keptMs);
  if (window.fromNs >= oldestNs) return [];
  return [retentionGap(source, { fromNs: window.fromNs, toNs: window.toNs < oldestNs ? window.toNs : oldestNs })];
}

/** The operator's word, for sources that do not tell. */
export function configuredKeptMs({
  retentionDays,
}: {
  readonly retentionDays?: number | undefined;
}): number | undefined {
  return retentionDays === undefined ? undefined : retentionDays * MS_PER_DAY;
}

export function retentionGap(source: SourceId, window: TimeWindow): EvidenceGap {
  const detail = "The source no longer keeps records of this time.";
  return { source, reason: "retention", detail, window, retryable: false };
}
