/** Which alerts belong to the asked services, and what the routing tree adds to what the plain list says. Pure. */
import { SERVICE_LABELS, serviceOfLabels } from "@/lib/normalize/alert-labels";
import { foldName } from "@/lib/normalize/attribute-spellings";
import type { GettableAlert } from "./wire";

/** The service an alert is about, as it is spelled there; `null` when no known label names one. */
export function serviceOfAlert(alert: GettableAlert): string | null {
  return serviceOfLabels(alert.labels) ?? null;
}

/** Alerts of which any service label spells one of the names, without regard to case and separators. */
export function alertsOfServices(alerts: readonly GettableAlert[], rawServices: readonly string[]): GettableAlert[] {
  const asked = new Set(rawServices.map(foldName));
  return alerts.filter((alert) =>
    SERVICE_LABELS.some((name) => {
      const value = alert.labels[name];
      return value !== undefined && value !== "" && asked.has(foldName(value));
    }),
  );
}

/**
 * One alert per fingerprint and start. In: the plain list and the grouped list, any order, repeats allowed. The grouped
 * list wins where it says "suppressed": a time-muted alert looks active in the plain list.
 */
export function mergeAlerts(plain: readonly GettableAlert[], grouped: readonly GettableAlert[]): GettableAlert[] {
  const merged = new Map<string, GettableAlert>();
  for (const alert of [...plain, ...grouped]) {
    const episode = `${alert.fingerprint}\n${alert.startsAt}`;
    const known = merged.get(episode);
    merged.set(episode, known === undefined ? alert : withSuppression(known, alert));
  }
  return [...merged.values()];
}

function withSuppression(known: GettableAlert, other: GettableAlert): GettableAlert {
  const suppressed = [known, other].some((alert) => alert.status?.state === "suppressed");
  return {
    ...known,
    status: {
      state: suppressed ? "suppressed" : (known.status?.state ?? other.status?.state ?? "active"),
      silencedBy: union(known.status?.silencedBy, other.status?.silencedBy),
      inhibitedBy: union(known.status?.inhibitedBy, other.status?.inhibitedBy),
      mutedBy: union(known.status?.mutedBy, other.status?.mutedBy),
    },
  };
}

function union(a: readonly string[] | null | undefined, b: readonly string[] | null | undefined): string[] {
  return [...new Set([...(a ?? []), ...(b ?? [])])].sort();
}
