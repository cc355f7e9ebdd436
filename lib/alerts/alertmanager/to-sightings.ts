/** One call of Alertmanager → sightings. Pure; never throws. */
import type { AlertSighting } from "@/lib/domain/alert-history";
import { alertFingerprint } from "@/lib/normalize/alert-fingerprint";
import type { StoredDelivery } from "@/lib/store/delivery-repository";
import { alertInstant } from "../alert-instant";
import type { DeliveryReading, ReadingRules } from "../delivery-reading";
import { describeAlert } from "../describe-alert";
import { missingNotice } from "../missing-notice";
import { readJsonBody } from "../read-json-body";
import { AlertmanagerAlert, AlertmanagerPayload } from "./wire";

export function readAlertmanager(delivery: StoredDelivery, rules: ReadingRules): DeliveryReading {
  const body = readJsonBody(delivery.body, AlertmanagerPayload);
  if (!body.ok) return body;
  const { alerts, receiver, truncatedAlerts } = body.value;
  const sightings = alerts.flatMap((alert) => sightingOf(alert, plainReceiver(receiver ?? ""), delivery, rules) ?? []);
  const notice = missingNotice(alerts.length - sightings.length, truncatedAlerts ?? 0);
  return { ok: true, sightings, ...(notice !== undefined && { notice }) };
}

function sightingOf(
  raw: unknown,
  receiver: string,
  { id, source, receivedAt }: StoredDelivery,
  rules: ReadingRules,
): AlertSighting | undefined {
  const parsed = AlertmanagerAlert.safeParse(raw);
  if (!parsed.success) return undefined;
  const { status, labels, annotations, endsAt, generatorURL } = parsed.data;
  const startsAt = alertInstant(parsed.data.startsAt, receivedAt);
  if (!startsAt) return undefined;
  const name = labels["alertname"] ?? "Alert";
  const { replicaLabels, valueLabels } = rules.settings;
  const told = { rule: name, name, labels, annotations: annotations ?? {}, generatorUrl: generatorURL ?? "", receiver };
  return {
    ...{ deliveryId: id, source, status, startsAt, endReason: null, observedAt: receivedAt },
    // While it fires there is no end, only the time at which Alertmanager would forget it.
    endsAt: status === "resolved" ? (alertInstant(endsAt, receivedAt) ?? receivedAt) : null,
    fingerprint: alertFingerprint(labels, new Set([...replicaLabels, ...valueLabels])),
    alert: describeAlert(told, rules),
  };
}

/** Alertmanager quotes the name of the receiver as a regular expression. */
function plainReceiver(quoted: string): string {
  return quoted.replace(/\\([\\.+*?()|[\]{}^$])/g, "$1");
}
