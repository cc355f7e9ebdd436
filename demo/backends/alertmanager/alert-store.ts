/** Alerts as Alertmanager keeps them: one per label set, active until its end has passed. */
import { createHash } from "node:crypto";
import type { DemoAlert } from "../backend";

export interface StoredAlert {
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string | undefined;
  readonly updatedAt: string;
  readonly generatorURL: string;
  readonly silencedBy: readonly string[];
}

/** The real server forgets a firing alert nobody repeats; the demo posts transitions only, so it never does. */
const SHOWN_END_AFTER_MS = 5 * 60_000;

export class AlertStore {
  readonly #byFingerprint = new Map<string, StoredAlert>();

  post(alerts: readonly DemoAlert[], nowMs: number): void {
    for (const alert of alerts) {
      const fingerprint = fingerprintOf(alert.labels);
      this.#byFingerprint.set(fingerprint, {
        fingerprint,
        labels: alert.labels,
        annotations: alert.annotations,
        startsAt: alert.startsAt,
        endsAt: alert.endsAt,
        updatedAt: new Date(nowMs).toISOString(),
        generatorURL: alert.generatorURL ?? "",
        silencedBy: alert.silencedBy === undefined ? [] : [alert.silencedBy],
      });
    }
  }

  /** Alerts that have not ended, by fingerprint. Resolved ones disappear, as they do from the real API. */
  current(nowMs: number): readonly StoredAlert[] {
    return [...this.#byFingerprint.values()]
      .filter((alert) => alert.endsAt === undefined || Date.parse(alert.endsAt) > nowMs)
      .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  }
}

/** `gettableAlert` of the v2 API. While an alert fires, `endsAt` is when it would be forgotten. */
export function gettableAlert(alert: StoredAlert, nowMs: number): object {
  const suppressed = alert.silencedBy.length > 0;
  return {
    annotations: alert.annotations,
    endsAt: alert.endsAt ?? new Date(nowMs + SHOWN_END_AFTER_MS).toISOString(),
    fingerprint: alert.fingerprint,
    receivers: [{ name: receiverOf(alert) }],
    startsAt: alert.startsAt,
    status: {
      inhibitedBy: [],
      mutedBy: [],
      silencedBy: alert.silencedBy,
      state: suppressed ? "suppressed" : "active",
    },
    updatedAt: alert.updatedAt,
    generatorURL: alert.generatorURL,
    labels: alert.labels,
  };
}

/** The demo's routing: alerts that page go to the on-call phone, all others to the channel. */
export function receiverOf(alert: StoredAlert): string {
  return alert.labels["severity"] === "page" || alert.labels["severity"] === "critical" ? "on-call" : "channel";
}

/** Sixteen hex digits over the sorted label set; only equality matters to a client. */
function fingerprintOf(labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 16);
}
