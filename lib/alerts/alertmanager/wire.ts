/**
 * Webhook of Alertmanager, version "4" (prometheus/alertmanager `notify/webhook/webhook.go`, `template/template.go`, 0.25 to
 * 0.34), reduced to what we use. One malformed alert is skipped and counted; it never spoils the payload.
 */
import { z } from "zod";

const texts = z.record(z.string(), z.string());

export const AlertmanagerPayload = z.object({
  receiver: z.string().nullish().catch(undefined),
  /** Alerts beyond `max_alerts`, cut from the end: absent is not resolved. */
  truncatedAlerts: z.number().nullish().catch(undefined),
  alerts: z.array(z.unknown()),
});

export const AlertmanagerAlert = z.object({
  status: z.enum(["firing", "resolved"]),
  labels: texts,
  annotations: texts.nullish().catch(undefined),
  startsAt: z.string(),
  endsAt: z.string().nullish().catch(undefined),
  generatorURL: z.string().nullish().catch(undefined),
  fingerprint: z.string().nullish().catch(undefined),
});
export type AlertmanagerAlert = z.infer<typeof AlertmanagerAlert>;
