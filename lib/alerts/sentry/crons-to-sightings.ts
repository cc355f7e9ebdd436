/** What a poll of cron monitors brought → sightings. Pure; never throws. */
import type { AlertSighting } from "@/lib/domain/alert-history";
import type { StoredDelivery } from "@/lib/store/delivery-repository";
import type { DeliveryReading, ReadingRules } from "../delivery-reading";
import { describeAlert } from "../describe-alert";
import { readJsonBody } from "../read-json-body";
import { CRON_RULE, CronBody, type CronAlert } from "./cron-body";
import { cronFingerprint } from "./list-crons";

/** In the list of what kept a fire quiet: not a silence of somebody but how the monitor is set up. */
const MUTED = "mute:the monitor in Sentry";

const ENDS = {
  firing: { status: "firing", endReason: null },
  resolved: { status: "resolved", endReason: null },
  removed: { status: "gone", endReason: "rule_removed" },
  lost: { status: "gone", endReason: "source_lost" },
} as const;

export function readCrons(delivery: StoredDelivery, rules: ReadingRules): DeliveryReading {
  const body = readJsonBody(delivery.body, CronBody);
  if (!body.ok) return body;
  return { ok: true, sightings: body.value.alerts.map((alert) => sightingOf(alert, delivery, rules)) };
}

function sightingOf(alert: CronAlert, { id, source, receivedAt }: StoredDelivery, rules: ReadingRules): AlertSighting {
  const { status, labels, annotations, startsAt, endsAt, url, muted } = alert;
  const name = labels["alertname"] ?? "Alert";
  const rule = `${CRON_RULE}${labels["monitor_id"] ?? name}`;
  return {
    ...{ deliveryId: id, source, fingerprint: cronFingerprint(labels), observedAt: receivedAt, ...ENDS[status] },
    ...{ startsAt: new Date(startsAt), endsAt: endsAt === null ? null : new Date(endsAt) },
    alert: {
      ...describeAlert({ rule, name, labels, annotations, generatorUrl: url, receiver: "" }, rules),
      ...{ silenced: muted, quietedBy: muted ? [MUTED] : [], polled: true },
    },
  };
}
