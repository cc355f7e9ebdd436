/**
 * The half of Alertmanager that tells: groups of alerts by route, a first notification after group_wait, changes every
 * group_interval, repeats after repeat_interval. What could not be posted is told at the next tick with what is true then.
 */
import type { DemoAlert } from "../backend";
import { fingerprintOf } from "./fingerprint";
import { webhookBody, type WebhookAlert, type WebhookGroup } from "./webhook-body";

const GROUP_WAIT_MS = 30_000;
const GROUP_INTERVAL_MS = 5 * 60_000;
const REPEAT_INTERVAL_MS = 4 * 3_600_000;
const ON_CALL = "on-call-page";

/** Whether the receiver took it. */
export type PostWebhook = (receiver: string, body: string) => Promise<boolean>;

interface Group extends WebhookGroup {
  readonly alerts: Map<string, WebhookAlert>;
  told: ReadonlySet<WebhookAlert["fingerprint"]>;
  toldAtMs: number;
  flushAtMs: number;
}

export class Notifier {
  readonly #groups = new Map<string, Group>();
  #telling = false;

  constructor(
    private readonly post: PostWebhook,
    private readonly externalUrl: string,
  ) {}

  /** `endsAt` is there for an alert that has ended. */
  take(alert: DemoAlert, nowMs: number): void {
    const startMs = alert.startsAt === "" ? nowMs : Date.parse(alert.startsAt);
    const group = this.#groupOf(alert, startMs, nowMs);
    const fingerprint = fingerprintOf(alert.labels);
    const endMs = alert.endsAt === undefined ? Infinity : Date.parse(alert.endsAt);
    const { labels, annotations, generatorURL = "" } = alert;
    group.alerts.set(fingerprint, { labels, annotations, startMs, endMs, generatorURL, fingerprint });
  }

  /** Tells what is due. One run at a time: a slow receiver is not asked twice. */
  async tick(nowMs: number): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (const [key, group] of this.#groups) {
        if (group.flushAtMs <= nowMs && (await this.#flush(group, nowMs))) this.#groups.delete(key);
      }
    } finally {
      this.#telling = false;
    }
  }

  #groupOf({ labels }: DemoAlert, startMs: number, nowMs: number): Group {
    const { alertname = "", service, severity } = labels;
    const isPage = severity === "page";
    const key = JSON.stringify([isPage, alertname, service]);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const made: Group = {
      receiver: isPage ? ON_CALL : "tickets",
      route: isPage ? '{}/{severity="page"}' : "{}",
      groupLabels: service === undefined ? { alertname } : { alertname, service },
      alerts: new Map(),
      told: new Set(),
      toldAtMs: 0,
      // An alert that is older than the wait has waited enough.
      flushAtMs: Math.max(nowMs, startMs + GROUP_WAIT_MS),
    };
    this.#groups.set(key, made);
    return made;
  }

  /** True when nothing is left to tell of the group. */
  async #flush(group: Group, nowMs: number): Promise<boolean> {
    const all = [...group.alerts.values()];
    const firing = all.filter(({ endMs }) => endMs > nowMs);
    const ended = all.filter(({ endMs }) => endMs <= nowMs);
    const resolved = ended.filter(({ fingerprint }) => group.told.has(fingerprint));
    const reason = reasonToTell(group, firing, resolved, nowMs);
    if (reason !== undefined) {
      const body = webhookBody(group, { reason, firing, resolved }, this.externalUrl);
      if (!(await this.post(group.receiver, body))) return false;
      group.told = new Set(firing.map(({ fingerprint }) => fingerprint));
      group.toldAtMs = nowMs;
    }
    for (const alert of ended) {
      // It may have begun again while we were telling.
      if (group.alerts.get(alert.fingerprint) === alert) group.alerts.delete(alert.fingerprint);
    }
    group.flushAtMs = nowMs + GROUP_INTERVAL_MS;
    return group.alerts.size === 0;
  }
}

function reasonToTell(
  { told, toldAtMs }: Group,
  firing: readonly WebhookAlert[],
  resolved: readonly WebhookAlert[],
  nowMs: number,
): string | undefined {
  if (firing.some(({ fingerprint }) => !told.has(fingerprint)))
    return told.size === 0 ? "first notification" : "new alerts added";
  if (firing.length === 0) return resolved.length > 0 ? "all alerts resolved" : undefined;
  if (resolved.length > 0) return "some alerts resolved";
  return nowMs - toldAtMs >= REPEAT_INTERVAL_MS ? "repeat interval elapsed" : undefined;
}
