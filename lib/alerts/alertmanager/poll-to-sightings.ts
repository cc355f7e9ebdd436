/** What a poll of Alertmanager brought → sightings. Pure; never throws. */
import type { AlertSighting } from "@/lib/domain/alert-history";
import { alertFingerprint } from "@/lib/normalize/alert-fingerprint";
import type { StoredDelivery } from "@/lib/store/delivery-repository";
import { alertInstant } from "../alert-instant";
import type { DeliveryReading, ReadingRules } from "../delivery-reading";
import { describeAlert, storable } from "../describe-alert";
import { missingNotice } from "../missing-notice";
import { readJsonBody } from "../read-json-body";
import { PollBody, type GoneAlert, type ListedAlert } from "./poll-body";

export function readAlertmanagerPoll(delivery: StoredDelivery, rules: ReadingRules): DeliveryReading {
  const body = readJsonBody(delivery.body, PollBody);
  if (!body.ok) return body;
  const listed = body.value.alerts.map((alert) => listedSightings(alert, delivery, rules));
  const sightings = [...listed.flat(), ...body.value.gone.map((gone) => goneSighting(gone, delivery))];
  const notice = missingNotice(listed.filter((each) => each.length === 0).length, 0);
  return { ok: true, sightings, ...(notice !== undefined && { notice }) };
}

/** One for each receiver, so that each says what it means; one without a name when nobody receives it. */
function listedSightings(alert: ListedAlert, delivery: StoredDelivery, rules: ReadingRules): AlertSighting[] {
  const startsAt = alertInstant(alert.startsAt, delivery.receivedAt);
  if (!startsAt) return [];
  const { labels, annotations, generatorURL: generatorUrl, silencedBy, inhibitedBy, mutedBy } = alert;
  const { replicaLabels, valueLabels } = rules.settings;
  const name = labels["alertname"] ?? "Alert";
  const silences = [...silencedBy, ...mutedBy.map((mute) => `mute:${mute}`)];
  const quietedBy = [...silences, ...inhibitedBy.map((fingerprint) => `inhibit:${fingerprint}`)].map(storable);
  const receivers = alert.receivers.length === 0 ? [""] : alert.receivers;
  return receivers.map((receiver) => ({
    ...{ source: delivery.source, status: "firing", startsAt, endsAt: null, endReason: null },
    fingerprint: alertFingerprint(labels, new Set([...replicaLabels, ...valueLabels])),
    ...{ observedAt: delivery.receivedAt, deliveryId: delivery.id },
    alert: {
      ...describeAlert({ rule: name, name, labels, annotations, generatorUrl, receiver }, rules),
      ...{ silenced: silences.length > 0, inhibited: inhibitedBy.length > 0, quietedBy, polled: true },
    },
  }));
}

function goneSighting({ fingerprint, startsAt, endsAt, alert }: GoneAlert, delivery: StoredDelivery): AlertSighting {
  return {
    ...{ source: delivery.source, fingerprint, status: "gone", endReason: "expired", alert },
    ...{ startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
    ...{ observedAt: delivery.receivedAt, deliveryId: delivery.id },
  };
}
