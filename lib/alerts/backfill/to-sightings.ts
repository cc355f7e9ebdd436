/** Fires that a metrics server remembers → sightings. They are stored as a delivery of our own making. Pure; never throws. */
import { z } from "zod";
import type { AlertSighting } from "@/lib/domain/alert-history";
import { RebuiltFire } from "@/lib/domain/firing-history";
import { alertFingerprint } from "@/lib/normalize/alert-fingerprint";
import type { DeliveryProcessor } from "../delivery-reading";
import { describeAlert } from "../describe-alert";
import { readJsonBody } from "../read-json-body";

export const BACKFILL_KIND = "backfill";

/** `alerts`, as the bodies of alert managers call it: an episode shows the alert as it came. */
const Rebuilt = z.object({ alerts: z.array(RebuiltFire).readonly() });

/** The same fires make the same bytes. */
export function backfillBody(fires: readonly RebuiltFire[]): Buffer {
  return Buffer.from(JSON.stringify({ alerts: fires } satisfies z.input<typeof Rebuilt>));
}

export const readBackfill: DeliveryProcessor = ({ id, source, body, receivedAt }, rules) => {
  const read = readJsonBody(body, Rebuilt);
  if (!read.ok) return read;
  const { replicaLabels, valueLabels } = rules.settings;
  const without = new Set([...replicaLabels, ...valueLabels]);
  const sightings = read.value.alerts.map(({ labels, startsAtMs, endsAtMs, endReason }): AlertSighting => {
    const name = labels["alertname"] ?? "Alert";
    const alert = describeAlert({ rule: name, name, labels, ...UNTOLD }, rules);
    return {
      ...{ deliveryId: id, source, fingerprint: alertFingerprint(labels, without), observedAt: receivedAt },
      ...(endReason === "resolved"
        ? { status: "resolved" as const, endReason: null }
        : { status: "gone" as const, endReason }),
      ...{ startsAt: new Date(startsAtMs), endsAt: new Date(endsAtMs) },
      alert: { ...alert, reconstructed: true },
    };
  });
  return { ok: true, sightings };
};

const UNTOLD = { annotations: {}, generatorUrl: "", receiver: "" } as const;
