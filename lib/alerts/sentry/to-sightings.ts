/** One call of Sentry → sightings. Pure; never throws. */
import type { AlertSighting } from "@/lib/domain/alert-history";
import { alertFingerprint } from "@/lib/normalize/alert-fingerprint";
import type { StoredDelivery } from "@/lib/store/delivery-repository";
import { alertInstant } from "../alert-instant";
import type { DeliveryReading, ReadingRules } from "../delivery-reading";
import { describeAlert } from "../describe-alert";
import { readJsonBody } from "../read-json-body";
import { SentryIssueAlert, SentryMetricAlert, SentryPayload } from "./wire";

/** Not part of an alert's identity: they change while it fires. */
const CHANGING = new Set(["severity"]);

export function readSentry(delivery: StoredDelivery, rules: ReadingRules): DeliveryReading {
  const body = readJsonBody(delivery.body, SentryPayload);
  if (!body.ok) return body;
  const { action, data } = body.value;
  if ("metric_alert" in data) return answerOf(metricSighting(action, data, delivery, rules), "metric alert");
  if ("triggered_rule" in data) return answerOf(issueSighting(data, delivery, rules), "issue alert");
  return { ok: true, sightings: [] };
}

function answerOf(sighting: AlertSighting | undefined, what: string): DeliveryReading {
  return sighting ? { ok: true, sightings: [sighting] } : { ok: false, refusal: `The ${what} is not as expected.` };
}

function metricSighting(
  action: string,
  data: unknown,
  { id, source, receivedAt }: StoredDelivery,
  rules: ReadingRules,
): AlertSighting | undefined {
  const parsed = SentryMetricAlert.safeParse(data);
  if (!parsed.success) return undefined;
  const { metric_alert: alert, description_text: description, web_url: url } = parsed.data;
  const startsAt = alertInstant(alert.date_started ?? alert.date_detected, receivedAt);
  if (!startsAt) return undefined;
  const resolved = action === "resolved";
  const name = alert.alert_rule?.name ?? alert.title ?? "Sentry metric alert";
  const rule = `sentry:${alert.alert_rule?.id ?? name}`;
  const labels = labelsOf({
    ...{ alertname: name, sentry_rule: rule, service: alert.projects?.[0], env: alert.alert_rule?.environment },
    severity: resolved ? undefined : action,
  });
  const annotations = labelsOf({ description });
  return {
    ...{ deliveryId: id, source, status: resolved ? "resolved" : "firing", startsAt, endReason: null },
    endsAt: resolved ? (alertInstant(alert.date_closed, receivedAt) ?? receivedAt) : null,
    ...{ observedAt: receivedAt, fingerprint: alertFingerprint(labels, CHANGING) },
    alert: describeAlert({ rule, name, labels, annotations, generatorUrl: url ?? "", receiver: "" }, rules),
  };
}

/** A moment, not a state: nobody will say that it ended, so its duration counts in no statistic. */
function issueSighting(
  data: unknown,
  { id, source, receivedAt }: StoredDelivery,
  rules: ReadingRules,
): AlertSighting | undefined {
  const parsed = SentryIssueAlert.safeParse(data);
  if (!parsed.success) return undefined;
  const { event, triggered_rule: name } = parsed.data;
  const startsAt = alertInstant(event.datetime, receivedAt);
  if (!startsAt) return undefined;
  const service = /\/projects\/[^/]+\/([^/]+)\//.exec(event.url ?? "")?.[1];
  const labels = labelsOf({
    ...{ alertname: name, service, env: event.environment, severity: event.level, issue: event.issue_id },
  });
  const told = { rule: `sentry:${name}`, name, labels, annotations: labelsOf({ summary: event.title }), receiver: "" };
  return {
    ...{ deliveryId: id, source, status: "gone", startsAt, endsAt: startsAt, endReason: "expired" },
    ...{ observedAt: receivedAt, fingerprint: alertFingerprint(labels, CHANGING) },
    alert: describeAlert({ ...told, generatorUrl: event.web_url ?? "" }, rules),
  };
}

function labelsOf(pairs: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(pairs).flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
}
