/** Rows of sightings, fires and episodes → domain types. */
import "server-only";
import {
  AlertDescription,
  AlertRoute,
  EndReason,
  type AlertFire,
  type AlertSighting,
} from "@/lib/domain/alert-history";
import type { Fire as FireRow, Sighting as SightingRow } from "@/prisma/generated/client";

type WithoutWords = Omit<FireRow, "labels" | "annotations" | "generatorUrl" | "deliveries">;
export type BareFire = Omit<AlertFire, "labels" | "annotations" | "generatorUrl" | "deliveries">;

export function toFire({ labels, annotations, ...row }: FireRow): AlertFire {
  return { ...row, ...toBareFire(row), labels: toTexts(labels), annotations: toTexts(annotations) };
}

export function toBareFire(row: WithoutWords): BareFire {
  return { ...row, endReason: EndReason.parse(row.endReason), route: AlertRoute.parse(row.route) };
}

export function toSighting(row: SightingRow, lastArrival: Date | undefined): AlertSighting {
  const { deliveryId, source, fingerprint, status, startsAt, endsAt, endReason, observedAt, alert } = row;
  if (status !== "firing" && status !== "resolved" && status !== "gone")
    throw new Error("unknown status of a sighting");
  return {
    ...{ deliveryId, source, fingerprint, status, startsAt, endsAt, observedAt, endReason: toGoneReason(endReason) },
    alert: AlertDescription.parse(alert),
    ...(lastArrival !== undefined && lastArrival > observedAt && { lastObservedAt: lastArrival }),
  };
}

function toGoneReason(text: string | null): AlertSighting["endReason"] {
  const reason = text === null ? null : EndReason.parse(text);
  return reason === "open" || reason === "resolved" ? null : reason;
}

function toTexts(json: unknown): Record<string, string> {
  return AlertDescription.shape.labels.parse(json);
}
