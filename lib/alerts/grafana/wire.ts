/**
 * Webhook of Grafana-managed alerts, version "1" (grafana/alerting `receivers/webhook/v1/webhook.go`,
 * `templates/template_data.go`), reduced to what we use.
 */
import { z } from "zod";

const texts = z.record(z.string(), z.string());

export const GrafanaPayload = z.object({
  receiver: z.string().nullish().catch(undefined),
  truncatedAlerts: z.number().nullish().catch(undefined),
  alerts: z.array(z.unknown()),
});

export const GrafanaAlert = z.object({
  status: z.enum(["firing", "resolved"]),
  labels: texts,
  annotations: texts.nullish().catch(undefined),
  startsAt: z.string(),
  endsAt: z.string().nullish().catch(undefined),
  generatorURL: z.string().nullish().catch(undefined),
  /** Counts labels that are not sent, so it cannot be computed again. */
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  ruleUID: z.string().nullish().catch(undefined),
});
