/** What Loki publishes of its limits, and the time that it therefore no longer keeps. Pure. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";
import { beforeRetention } from "../before-retention";
import { parseGoDuration } from "../parse-go-duration";
import type { LokiLimitsAnswer } from "./wire";
import type { z } from "zod";

export interface PublishedLimits {
  /** Lines for one query. Undefined when there is no limit or it is not published. */
  readonly maxEntries: number | undefined;
  /** For how long lines are kept and may be asked for. Undefined when that is for ever, or not published. */
  readonly keptMs: number | undefined;
  /** The shortest time for which the lines of some streams are kept, when there are rules for single streams. */
  readonly someKeptMs: number | undefined;
}

/** Durations of zero mean "no limit". */
export function toPublishedLimits(limits: z.output<typeof LokiLimitsAnswer>["limits"]): PublishedLimits {
  const ofStreams = (limits.retention_stream ?? []).map(({ period }) => period);
  const { max_entries_limit_per_query: maxEntries } = limits;
  return {
    maxEntries: maxEntries !== undefined && maxEntries > 0 ? maxEntries : undefined,
    keptMs: shortestMs([limits.retention_period, limits.max_query_lookback]),
    someKeptMs: shortestMs(ofStreams),
  };
}

/** None, one, or two gaps: what is gone for all lines, and after it what is gone for those of some streams. */
export function retentionGaps(
  source: SourceId,
  window: TimeWindow,
  kept: Pick<PublishedLimits, "keptMs" | "someKeptMs">,
  nowMs: number,
): EvidenceGap[] {
  const gone = beforeRetention(source, window, kept.keptMs, nowMs);
  const fromNs = gone[0]?.window?.toNs ?? window.fromNs;
  const partly = beforeRetention(source, { fromNs, toNs: window.toNs }, kept.someKeptMs, nowMs);
  const detail = "The log store keeps the lines of some streams for a shorter time than this.";
  return [...gone, ...partly.filter(isNotEmpty).map((gap) => ({ ...gap, detail }))];
}

function isNotEmpty({ window }: EvidenceGap): boolean {
  return window !== undefined && window.fromNs < window.toNs;
}

function shortestMs(durations: readonly (string | undefined)[]): number | undefined {
  const known = durations.flatMap((text) => parseGoDuration(text ?? "") ?? []).map((ns) => Number(ns / 1_000_000n));
  return known.length === 0 ? undefined : Math.min(...known);
}
