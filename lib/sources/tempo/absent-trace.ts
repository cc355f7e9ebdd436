/** Why Tempo may not have a trace that something names. Pure. */
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";
import { plainGap } from "./gaps";

/** Batching exporters and samplers that wait for a trace to end deliver up to a minute after the log line. */
const ARRIVAL_MS = 60_000;

/**
 * A trace is looked up without a window, so "outside the asked time" is never the cause. When it was is not known better than
 * by the asked window: where that leaves two causes open, the sentence names both.
 */
export function absentTraceGap(asked: {
  readonly source: SourceId;
  readonly window: TimeWindow;
  readonly keptMs: number | undefined;
  readonly nowMs: number;
}): EvidenceGap {
  const { source, window, keptMs, nowMs } = asked;
  const oldestNs = epochNsFromMs(keptMs === undefined ? 0 : nowMs - keptMs);
  const settledToNs = epochNsFromMs(nowMs - ARRIVAL_MS);
  if (window.toNs <= oldestNs) {
    return plainGap(source, "retention", "The trace store no longer keeps traces of this time.", window);
  }
  if (window.fromNs >= settledToNs) {
    const detail = "The trace has not arrived in the trace store yet. That may take a minute.";
    return { ...plainGap(source, "partial", detail, window), retryable: true };
  }
  const maybeYoung = window.toNs > settledToNs;
  const maybeOld = window.fromNs < oldestNs;
  const causes = [
    "it was not kept",
    ...(maybeYoung ? ["it is of the last minute and has not arrived yet"] : []),
    ...(maybeOld ? ["it is older than what the store keeps"] : []),
  ];
  const detail = `The trace store does not have this trace: ${causes.join(", or ")}.`;
  return { ...plainGap(source, "sampled", detail, window), retryable: maybeYoung };
}
