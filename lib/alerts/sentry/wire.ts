/** Webhooks of a Sentry integration: metric alerts and issue alerts. Other resources carry neither and tell of no alert. */
import { z } from "zod";

const text = z.union([z.string(), z.number()]).transform(String);
const optional = text.nullish().catch(undefined);

export const SentryPayload = z.object({ action: z.string(), data: z.record(z.string(), z.unknown()) });

export const SentryMetricAlert = z.object({
  metric_alert: z.object({
    id: text,
    title: optional,
    date_started: optional,
    date_detected: optional,
    date_closed: optional,
    projects: z.array(z.string()).nullish().catch(undefined),
    alert_rule: z.object({ id: optional, name: optional, environment: optional }).nullish().catch(undefined),
  }),
  description_text: optional,
  web_url: optional,
});

export const SentryIssueAlert = z.object({
  event: z.object({
    event_id: optional,
    issue_id: optional,
    title: optional,
    level: optional,
    environment: optional,
    datetime: z.string(),
    url: optional,
    web_url: optional,
  }),
  triggered_rule: text,
});
