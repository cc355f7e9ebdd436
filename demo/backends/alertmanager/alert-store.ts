/** Alerts by fingerprint with Alertmanager's merging of overlapping reports (types/types.go Merge). */
import type { DemoAlert } from "../backend";
import { fingerprintOf } from "./fingerprint";

export interface StoredAlert {
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly generatorURL: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly updatedAtMs: number;
  /** endsAt was not sent but assumed: such an end never overrules a sent one. */
  readonly isTimeout: boolean;
  readonly silencedBy: readonly string[];
}

export class AlertStore {
  readonly #alerts = new Map<string, StoredAlert>();

  constructor(readonly resolveTimeoutMs: number) {}

  /**
   * Returns a refusal in the server's words, undefined when taken. A sender that reports only changes (`unrepeated`)
   * does not repeat a firing alert, so its alerts without an end fire until it says otherwise.
   */
  put(alert: DemoAlert, nowMs: number, sender: "repeating" | "unrepeated" = "repeating"): string | undefined {
    const labels = Object.fromEntries(Object.entries(alert.labels).filter(([, value]) => value !== ""));
    if ("" in labels) return 'invalid label set: invalid name ""';
    if (Object.keys(labels).length === 0) return "at least one label pair required";
    const sentEndMs = alert.endsAt ? Date.parse(alert.endsAt) : undefined;
    const startsAtMs = alert.startsAt ? Date.parse(alert.startsAt) : (sentEndMs ?? nowMs);
    const assumedEndMs = sender === "unrepeated" ? Infinity : nowMs + this.resolveTimeoutMs;
    const endsAtMs = sentEndMs ?? assumedEndMs;
    if (endsAtMs < startsAtMs) return "start time must be before end time";
    const fingerprint = fingerprintOf(labels);
    const made: StoredAlert = {
      fingerprint,
      labels,
      annotations: alert.annotations,
      generatorURL: alert.generatorURL ?? "",
      startsAtMs,
      endsAtMs,
      updatedAtMs: nowMs,
      isTimeout: sentEndMs === undefined,
      silencedBy: alert.silencedBy === undefined ? [] : [alert.silencedBy],
    };
    const old = this.#alerts.get(fingerprint);
    this.#alerts.set(fingerprint, old && overlaps(old, made) ? merge(old, made, nowMs) : made);
    return undefined;
  }

  /** Alerts that have not ended, by fingerprint. A resolved alert vanishes at once. */
  active(nowMs: number): StoredAlert[] {
    return [...this.#alerts.values()]
      .filter((alert) => alert.endsAtMs >= nowMs)
      .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  }
}

function overlaps(old: StoredAlert, made: StoredAlert): boolean {
  return (
    (made.endsAtMs > old.startsAtMs && made.endsAtMs < old.endsAtMs) ||
    (made.startsAtMs > old.startsAtMs && made.startsAtMs < old.endsAtMs) ||
    (old.startsAtMs >= made.startsAtMs && old.startsAtMs <= made.endsAtMs)
  );
}

function merge(old: StoredAlert, made: StoredAlert, nowMs: number): StoredAlert {
  const resolved = (alert: StoredAlert) => alert.endsAtMs <= nowMs;
  const oldEndRules = resolved(made) ? resolved(old) : !old.isTimeout;
  return {
    ...made,
    startsAtMs: Math.min(old.startsAtMs, made.startsAtMs),
    endsAtMs: oldEndRules ? Math.max(old.endsAtMs, made.endsAtMs) : made.endsAtMs,
  };
}
