/**
 * What is kept of an answer to a poll: the alerts of which something changed, and those that are listed no more. Times of
 * the poll are left out, so that the same news twice are the same bytes.
 */
import { z } from "zod";
import { AlertDescription } from "@/lib/domain/alert-history";

/** Kind of delivery. */
export const ALERTMANAGER_POLL = "alertmanager-poll";

const texts = z.record(z.string(), z.string());

export const ListedAlert = z.object({
  labels: texts,
  annotations: texts,
  startsAt: z.string(),
  generatorURL: z.string(),
  /** Without those that send nothing to anybody. */
  receivers: z.array(z.string()),
  /** Ids of silences with the name of their source: `alertmanager/main/…`. */
  silencedBy: z.array(z.string()),
  /** Fingerprints of alerts, ours. */
  inhibitedBy: z.array(z.string()),
  /** Names of mute times that keep it quiet on every route. */
  mutedBy: z.array(z.string()),
});
export type ListedAlert = z.infer<typeof ListedAlert>;

export const GoneAlert = z.object({
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  startsAt: z.iso.datetime(),
  /** When it was last known to fire. */
  endsAt: z.iso.datetime(),
  /** As it was known: nothing new is told of it. */
  alert: AlertDescription,
});
export type GoneAlert = z.infer<typeof GoneAlert>;

export const PollBody = z.object({ alerts: z.array(ListedAlert), gone: z.array(GoneAlert) });
export type PollBody = z.infer<typeof PollBody>;
