/** One call of Grafana → sightings. Pure; never throws. */
import type { AlertSighting } from "@/lib/domain/alert-history";
import type { StoredDelivery } from "@/lib/store/delivery-repository";
import { alertInstant } from "../alert-instant";
import type { DeliveryReading, ReadingRules } from "../delivery-reading";
import { describeAlert } from "../describe-alert";
import { missingNotice } from "../missing-notice";
import { readJsonBody } from "../read-json-body";
import { GrafanaAlert, GrafanaPayload } from "./wire";

const FAULT_REASONS: ReadonlySet<string> = new Set(["NoData", "Error"]);

export function readGrafana(delivery: StoredDelivery, rules: ReadingRules): DeliveryReading {
  const body = readJsonBody(delivery.body, GrafanaPayload);
  if (!body.ok) return body;
  const { alerts, receiver, truncatedAlerts } = body.value;
  const sightings = alerts.flatMap((alert) => sightingOf(alert, receiver ?? "", delivery, rules) ?? []);
  const notice = missingNotice(alerts.length - sightings.length, truncatedAlerts ?? 0);
  return { ok: true, sightings, ...(notice !== undefined && { notice }) };
}

function sightingOf(
  raw: unknown,
  receiver: string,
  { id, source, receivedAt }: StoredDelivery,
  rules: ReadingRules,
): AlertSighting | undefined {
  const parsed = GrafanaAlert.safeParse(raw);
  if (!parsed.success) return undefined;
  const { status, labels, annotations, endsAt, generatorURL, fingerprint, ruleUID } = parsed.data;
  const startsAt = alertInstant(parsed.data.startsAt, receivedAt);
  if (!startsAt) return undefined;
  const alertname = labels["alertname"] ?? "Alert";
  // An alert about a rule without data carries the rule's name apart.
  const name = labels["rulename"] ?? alertname;
  const told = {
    ...{
      rule: ruleUID ?? name,
      name,
      labels,
      annotations: annotations ?? {},
      generatorUrl: generatorURL ?? "",
      receiver,
    },
    monitoringFault: FAULT_REASONS.has(annotations?.["grafana_state_reason"] ?? ""),
  };
  return {
    ...{ deliveryId: id, source, status, startsAt, fingerprint, endReason: null, observedAt: receivedAt },
    endsAt: status === "resolved" ? (alertInstant(endsAt, receivedAt) ?? receivedAt) : null,
    alert: describeAlert(told, rules),
  };
}
