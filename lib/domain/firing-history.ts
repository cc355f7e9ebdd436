/** What a metrics server remembers of its own alerts, from before anybody listened. Times are milliseconds since 1970. */
import { z } from "zod";

const texts = z.record(z.string(), z.string());

/** A fire that is over. Without annotations, receivers and external labels: a metrics server keeps none of them. */
export const RebuiltFire = z.strictObject({
  labels: texts,
  startsAtMs: z.number(),
  /** False when it fired already where the history begins: then the start is the best that is known. */
  startKnown: z.boolean(),
  endsAtMs: z.number(),
  /** `source_lost`: the samples stopped, but nobody said that it does not fire any more. */
  endReason: z.enum(["resolved", "source_lost"]),
});
export type RebuiltFire = z.infer<typeof RebuiltFire>;

export const HISTORY_GAPS = ["unreadable", "not-kept", "silent", "too-much", "no-alerts"] as const;

/**
 * `unreadable`: it did not answer. `not-kept`: older than what it keeps. `silent`: it kept nothing of this time, so it was
 * down itself. `too-much`: more fires than are taken. `no-alerts`: it has rules, but no sample of an alert.
 */
export const HistoryGap = z.strictObject({ fromMs: z.number(), toMs: z.number(), why: z.enum(HISTORY_GAPS) });
export type HistoryGap = z.infer<typeof HistoryGap>;

export interface FiringHistory {
  /** Ascending by start. What still fires at the end of the range is left to those who listen now. */
  readonly fires: readonly RebuiltFire[];
  /** Ascending, disjoint. Outside of them "nothing fired" is not known. */
  readonly read: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** Ascending. */
  readonly gaps: readonly HistoryGap[];
}
