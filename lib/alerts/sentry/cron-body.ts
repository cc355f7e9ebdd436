/**
 * What is kept of an answer about cron monitors: the runs that began to fail and those that do no more. Times of the poll are
 * left out, so that the same news twice are the same bytes.
 */
import { z } from "zod";

/** Kind of delivery. */
export const SENTRY_CRONS = "sentry-crons";

/** Begins the identity of every rule that stands for a cron monitor; a webhook of Sentry names none like it. */
export const CRON_RULE = "sentry-cron:";

const texts = z.record(z.string(), z.string());

export const CronAlert = z.object({
  /** `removed`: its monitor is deleted or disabled. `lost`: when it ended is not known. */
  status: z.enum(["firing", "resolved", "removed", "lost"]),
  labels: texts,
  annotations: texts,
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime().nullable(),
  url: z.string(),
  /** Sentry tells nobody of it. */
  muted: z.boolean(),
});
export type CronAlert = z.infer<typeof CronAlert>;

/** `alerts`, as the bodies of alert managers call it: an episode shows the alert as it came. */
export const CronBody = z.object({ alerts: z.array(CronAlert) });
export type CronBody = z.infer<typeof CronBody>;
