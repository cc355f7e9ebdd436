/** How alerts are read: part of `throughline.yaml`. */
import { z } from "zod";

const label = z.string().min(1).max(200);

function everySeconds(least: number) {
  return z
    .number()
    .int()
    .max(3_600)
    .refine((seconds) => seconds === 0 || seconds >= least, `expected 0 or at least ${String(least)} seconds`);
}

export const AlertSettings = z.strictObject({
  /** Receiver, as the alert manager's configuration spells it, to what it does. */
  receivers: z.record(z.string().min(1).max(300), z.enum(["page", "ticket"])).default({}),
  /** Severities that page where neither the hook nor the receiver tells. */
  pagingSeverities: z.array(label).default(["page", "critical"]),
  /** Labels that differ between copies of one alert: left out of its identity. */
  replicaLabels: z.array(label).default(["replica", "prometheus_replica", "__replica__", "receive_replica"]),
  /** Labels that hold a measured value, so that each value would be an alert of its own. */
  valueLabels: z.array(label).default(["value"]),
  /** Alerts about the monitoring itself, beside those without data and failed evaluations. */
  monitoringAlerts: z.array(label).default(["Watchdog", "DeadMansSwitch"]),
  /** Days of a metrics source's own history of alerts that are taken over when it is first met; 0 for none. */
  backfillDays: z.number().int().min(0).max(30).default(30),
  /** Seconds between two questions to each Alertmanager for what fires and what is silenced; 0 for never. */
  pollSeconds: everySeconds(15).default(30),
  /** Seconds between two questions to each Prometheus for its alerting rules; 0 for never. */
  rulePollSeconds: everySeconds(15).default(300),
  /** Seconds between two questions to each Sentry for its cron monitors, which are exact to the minute; 0 for never. */
  cronPollSeconds: everySeconds(60).default(60),
});
export type AlertSettings = z.infer<typeof AlertSettings>;
