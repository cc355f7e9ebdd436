/** Sightings for tests: minutes since a fixed noon. */
import type { AlertDescription, AlertSighting } from "@/lib/domain/alert-history";

export const NOON = Date.parse("2026-11-23T12:00:00.000Z");

export function minute(minutes: number): Date {
  return new Date(NOON + minutes * 60_000);
}

export function anAlert(part: Partial<AlertDescription> = {}): AlertDescription {
  return {
    ...{ rule: "HighErrors", name: "HighErrors", annotations: {}, generatorUrl: "", receiver: "", route: "unknown" },
    labels: { alertname: "HighErrors", service: "order-api", severity: "page", env: "prod" },
    ...{
      monitoringFault: false,
      silenced: false,
      inhibited: false,
      quietedBy: [],
      polled: false,
      reconstructed: false,
    },
    ...part,
  };
}

interface Told {
  readonly status: AlertSighting["status"];
  readonly start: number;
  readonly end?: number | null;
  /** Half a minute after what it tells unless said. */
  readonly seen?: number;
}

export function aSighting({ status, start, end = null, seen }: Told, part: Partial<AlertSighting> = {}): AlertSighting {
  return {
    ...{ source: "alertmanager/main", fingerprint: "00000000000000aa", status, startsAt: minute(start) },
    ...{ endsAt: end === null ? null : minute(end), endReason: status === "gone" ? "expired" : null },
    ...{ observedAt: minute(seen ?? (end ?? start) + 0.5), deliveryId: 1n, alert: anAlert(), ...part },
  };
}
