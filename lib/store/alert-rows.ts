/** Rows of sightings, fires and episodes → domain types. */
import "server-only";
import {
  AlertDescription,
  AlertRoute,
  EndReason,
  type AlertEpisode,
  type AlertFire,
  type AlertSighting,
} from "@/lib/domain/alert-history";
import type { Episode as EpisodeRow, Fire as FireRow, Sighting as SightingRow } from "@/prisma/generated/client";

type WithoutWords = Omit<FireRow, "labels" | "annotations" | "generatorUrl" | "deliveries">;
export type BareFire = Omit<AlertFire, "labels" | "annotations" | "generatorUrl" | "deliveries">;

export function toFire({ labels, annotations, ...row }: FireRow): AlertFire {
  return { ...row, ...toBareFire(row), labels: toTexts(labels), annotations: toTexts(annotations) };
}

export function toBareFire(row: WithoutWords): BareFire {
  return { ...row, ...known(row) };
}

export function toEpisode(row: EpisodeRow): AlertEpisode {
  return { ...row, ...known(row) };
}

/** What another version of the program wrote and this one does not know is told as unknown, never dropped. */
function known({ route, endReason }: { readonly route: string; readonly endReason: string }) {
  return {
    route: AlertRoute.catch("unknown").parse(route),
    endReason: EndReason.catch("source_lost").parse(endReason),
  };
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

/** Labels or annotations as they are stored. No label is lost: access may depend on it. */
export function toTexts(json: unknown): Record<string, string> {
  if (typeof json !== "object" || json === null) return {};
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, String(value)]));
}
