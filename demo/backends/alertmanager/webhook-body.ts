/** What Alertmanager posts to a webhook, version 4: the same members in the same order as the real server (template.go). */
export interface WebhookGroup {
  readonly receiver: string;
  /** The route's matchers as the group key shows them. */
  readonly route: string;
  readonly groupLabels: Readonly<Record<string, string>>;
}

export interface WebhookAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startMs: number;
  /** Of no meaning while it fires. */
  readonly endMs: number;
  readonly generatorURL: string;
  readonly fingerprint: string;
}

export interface WebhookContent {
  readonly reason: string;
  readonly firing: readonly WebhookAlert[];
  readonly resolved: readonly WebhookAlert[];
}

const NEVER = "0001-01-01T00:00:00Z";

/** `externalURL` tells the members of a pair of Alertmanagers apart. */
export function webhookBody(group: WebhookGroup, told: WebhookContent, externalURL: string): string {
  const alerts = [
    ...told.firing.map((alert) => view(alert, "firing" as const)),
    ...told.resolved.map((alert) => view(alert, "resolved" as const)),
  ];
  return JSON.stringify({
    // The server quotes the name as for a regular expression.
    receiver: group.receiver.replaceAll(/[\\.+*?()|[\]{}^$]/g, "\\$&"),
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

function view(alert: WebhookAlert, status: "firing" | "resolved") {
  const { labels, annotations, generatorURL, fingerprint } = alert;
  const startsAt = new Date(alert.startMs).toISOString();
  const endsAt = status === "firing" ? NEVER : new Date(alert.endMs).toISOString();
  return { status, labels, annotations, startsAt, endsAt, generatorURL, fingerprint };
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
