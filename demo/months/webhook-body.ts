/** What Alertmanager posts to a webhook, version 4: the same members in the same order as the real server (template.go). */
import type { MonthFire } from "./month-fires";
import type { Notification } from "./dispatch";

export interface WebhookGroup {
  readonly receiver: string;
  /** The route's matchers as the group key shows them. */
  readonly route: string;
  readonly groupLabels: Readonly<Record<string, string>>;
}

const NEVER = "0001-01-01T00:00:00Z";

/** `externalURL` tells the members of a pair of Alertmanagers apart. */
export function webhookBody(group: WebhookGroup, told: Notification, externalURL: string): string {
  const alerts = [
    ...told.firing.map((fire) => view(fire, "firing" as const)),
    ...told.resolved.map((fire) => view(fire, "resolved" as const)),
  ];
  return JSON.stringify({
    receiver: group.receiver,
    status: told.firing.length > 0 ? "firing" : "resolved",
    alerts,
    notification_reason: told.reason,
    groupLabels: group.groupLabels,
    commonLabels: common(alerts.map(({ labels }) => labels)),
    commonAnnotations: common(alerts.map(({ annotations }) => annotations)),
    externalURL,
    version: "4",
    groupKey: `${group.route}:{${labelList(group.groupLabels)}}`,
    truncatedAlerts: 0,
  });
}

function view(fire: MonthFire, status: "firing" | "resolved") {
  const { rule } = fire.cause;
  const about = rule.service === "" ? (fire.labels["instance"] ?? fire.labels["rulename"] ?? "") : rule.service;
  const annotations: Record<string, string> = { summary: `${rule.name} on ${about}` };
  if (rule.runbook !== "") annotations["runbook_url"] = rule.runbook;
  return {
    status,
    labels: fire.labels,
    annotations,
    startsAt: new Date(fire.startMs).toISOString(),
    endsAt: status === "firing" ? NEVER : new Date(fire.endMs).toISOString(),
    generatorURL: `http://prometheus.shop.example/graph?g0.expr=${encodeURIComponent(rule.name)}&g0.tab=1`,
    fingerprint: fire.fingerprint,
  };
}

function common(all: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((other) => other[name] === value)),
  );
}

function labelList(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(", ");
}
