/** Everything that two Alertmanagers post in a month, with their faults and those of the way to us. */
import { webhookBody, type WebhookAlert, type WebhookGroup } from "../backends/alertmanager/webhook-body";
import type { Random } from "../story/random";
import { dispatchGroup, type Notification } from "./dispatch";
import type { MonthFire } from "./month-fires";

const MINUTE_MS = 60_000;
export type MonthReceiver = "on-call-page" | "tickets";

export interface MonthDelivery {
  /** When it reaches us. */
  readonly atMs: number;
  readonly receiver: MonthReceiver;
  readonly body: string;
}

/** A notification to a receiver, whether or not it reached us. */
export interface Told extends Notification {
  readonly receiver: MonthReceiver;
  readonly group: WebhookGroup;
  /** Sent, but lost on the way or during the gap. */
  readonly lost: boolean;
}

export interface DeliveryFaults {
  /** Nothing reaches us in these spans. */
  readonly gaps: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly silences: readonly { readonly rule: string; readonly fromMs: number; readonly toMs: number }[];
  /** Shares of notifications. */
  readonly lostResolves: number;
  readonly late: number;
  readonly peerCopies: number;
  /** Share of inhibitions that do not hold (restarts, races). */
  readonly inhibitionLeaks: number;
}

export function deliverMonth(random: Random, fires: readonly MonthFire[], faults: DeliveryFaults) {
  const muted = mutes(random, fires, faults);
  const told: Told[] = [];
  const deliveries: MonthDelivery[] = [];
  for (const members of groups(fires).values()) {
    const [first] = members;
    if (first === undefined) continue;
    const group = groupOf(first);
    const receiver: MonthReceiver = first.cause.rule.pages ? "on-call-page" : "tickets";
    for (const notification of dispatchGroup(members, muted)) {
      const inGap = faults.gaps.some(({ fromMs, toMs }) => notification.atMs >= fromMs && notification.atMs < toMs);
      const lost = inGap || (notification.firing.length === 0 && random.chance(faults.lostResolves));
      told.push({ ...notification, receiver, group, lost });
      if (lost) continue;
      const delayMs = random.chance(faults.late) ? random.between(5, 180) * MINUTE_MS : random.between(20, 900);
      const atMs = Math.round(notification.atMs + delayMs);
      const content = {
        reason: notification.reason,
        firing: notification.firing.map(asAlert),
        resolved: notification.resolved.map(asAlert),
      };
      deliveries.push({ atMs, receiver, body: webhookBody(group, content, "http://alertmanager-0:9093") });
      if (!random.chance(faults.peerCopies)) continue;
      const body = webhookBody(group, content, "http://alertmanager-1:9093");
      deliveries.push({ atMs: atMs + random.integer(200, 15_000), receiver, body });
    }
  }
  const byTime = (a: { readonly atMs: number }, b: { readonly atMs: number }) => a.atMs - b.atMs;
  return { told: told.sort(byTime), deliveries: deliveries.sort(byTime) };
}

/** Silenced, or a warning of a service whose errors page already. */
function mutes(random: Random, fires: readonly MonthFire[], { silences, inhibitionLeaks }: DeliveryFaults) {
  const errors = new Map<string, MonthFire[]>();
  for (const fire of fires) {
    const { service, severity, name } = fire.cause.rule;
    if (severity !== "page" || !name.endsWith("Errors")) continue;
    errors.set(service, [...(errors.get(service) ?? []), fire]);
  }
  const leaks = new Set(fires.filter(() => random.chance(inhibitionLeaks)));
  return (fire: MonthFire, atMs: number): boolean => {
    const { service, name } = fire.cause.rule;
    if (silences.some(({ rule, fromMs, toMs }) => rule === name && atMs >= fromMs && atMs < toMs)) return true;
    if (!name.endsWith("Slow") || leaks.has(fire)) return false;
    return errors.get(service)?.some((other) => other.startMs <= atMs && other.endMs > atMs) ?? false;
  };
}

function groups(fires: readonly MonthFire[]): Map<string, MonthFire[]> {
  const all = new Map<string, MonthFire[]>();
  for (const fire of fires) {
    const { name, service } = fire.cause.rule;
    const key = `${name}/${service}`;
    const members = all.get(key);
    if (members === undefined) all.set(key, [fire]);
    else members.push(fire);
  }
  return all;
}

function groupOf({ cause: { rule } }: MonthFire): WebhookGroup {
  const named = { alertname: rule.name, ...(rule.service === "" ? {} : { service: rule.service }) };
  if (!rule.pages) return { receiver: "tickets", route: "{}", groupLabels: named };
  const route = rule.severity === "page" ? '{}/{severity="page"}' : '{}/{notify="on-call"}';
  return { receiver: "on-call-page", route, groupLabels: named };
}

function asAlert({ labels, startMs, endMs, fingerprint, cause: { rule } }: MonthFire): WebhookAlert {
  const about = rule.service === "" ? (labels["instance"] ?? labels["rulename"] ?? "") : rule.service;
  const annotations: Record<string, string> = { summary: `${rule.name} on ${about}` };
  if (rule.runbook !== "") annotations["runbook_url"] = rule.runbook;
  const generatorURL = `http://prometheus.shop.example/graph?g0.expr=${rule.name}&g0.tab=1`;
  return { labels, annotations, startMs, endMs, generatorURL, fingerprint };
}
