/** Alertmanager alerts as timeline events. Pure. */
import { type EpochNs, epochNsFromMs, epochNsFromRfc3339 } from "@/lib/domain/epoch-ns";
import type { SourceId } from "@/lib/domain/source-id";
import type { EventLink, TimelineEvent } from "@/lib/domain/timeline-event";
import { environmentOfLabels, severityOfLabels } from "@/lib/normalize/alert-labels";
import { contentFactId } from "@/lib/normalize/fact-id";
import { parseSeverity } from "@/lib/normalize/severity";
import { serviceOfAlert } from "./alerts-of-services";
import type { GettableAlert } from "./wire";

/**
 * One alert. While it fires, `endsAt` is only the time at which Alertmanager would forget it, so it becomes the end of
 * the event only when it has passed. Undefined when the alert has no readable start.
 */
export function alertEvent(source: SourceId, alert: GettableAlert, nowMs: number): TimelineEvent | undefined {
  const happenedAtNs = epochNsFromRfc3339(alert.startsAt);
  if (happenedAtNs === undefined) return undefined;
  const name = alert.labels["alertname"] ?? "Alert";
  const summary = alert.annotations?.["summary"] ?? alert.annotations?.["description"];
  const endedAtNs = endOf(alert, happenedAtNs, nowMs);
  const severity = parseSeverity(severityOfLabels(alert.labels));
  return {
    // The start moves within an episode only when two Prometheus servers report it; the stitch stage joins those.
    id: contentFactId(source, happenedAtNs, ["alert", alert.fingerprint]),
    kind: "alert",
    happenedAtNs,
    ...(endedAtNs === undefined ? {} : { endedAtNs }),
    rawService: serviceOfAlert(alert),
    rawEnvironment: environmentOfLabels(alert.labels) ?? null,
    severity,
    outcome: severity === "info" || severity === "warning" ? "warning" : "error",
    title: summary === undefined ? name : `${name}: ${summary}`,
    attributes: attributesOf(alert, name),
    sightings: [],
    source,
    links: linksOf(alert.generatorURL),
    context: true,
  };
}

function attributesOf(alert: GettableAlert, name: string): TimelineEvent["attributes"] {
  const pairs: [string, string | undefined][] = [
    ["alert.name", name],
    ["alert.state", alert.status?.state ?? "active"],
    ["alert.silenced_by", joined(alert.status?.silencedBy)],
    ["alert.inhibited_by", joined(alert.status?.inhibitedBy)],
    ["alert.muted_by", joined(alert.status?.mutedBy)],
    ["alert.receivers", joined(alert.receivers?.map((receiver) => receiver.name))],
    ["alert.fingerprint", alert.fingerprint],
    // Not the arrival of the alert: every resend moves it, a minute apart for as long as the alert fires.
    ["alert.last_update", alert.updatedAt ?? undefined],
    ...Object.entries(alert.labels).map(([key, value]): [string, string] => [`label.${key}`, value]),
    ...Object.entries(alert.annotations ?? {}).map(([key, value]): [string, string] => [`annotation.${key}`, value]),
  ];
  // fromEntries defines own properties, so a label named `__proto__` stays an ordinary name.
  return Object.fromEntries(pairs.flatMap(([key, value]) => (value ? [[key, value] as const] : [])));
}

function endOf(alert: GettableAlert, startNs: EpochNs, nowMs: number): EpochNs | undefined {
  const endNs = epochNsFromRfc3339(alert.endsAt ?? "");
  return endNs !== undefined && endNs >= startNs && endNs <= epochNsFromMs(nowMs) ? endNs : undefined;
}

/** The rule's page in the Prometheus that sent it; anything but http(s) could run code in a browser. */
function linksOf(generatorUrl: string | null | undefined): EventLink[] {
  if (!generatorUrl || !URL.canParse(generatorUrl)) return [];
  const url = new URL(generatorUrl);
  if (url.protocol !== "http:" && url.protocol !== "https:") return [];
  return [{ label: "Alert rule", url: url.toString() }];
}

function joined(values: readonly string[] | null | undefined): string | undefined {
  return values === undefined || values === null || values.length === 0 ? undefined : values.join(", ");
}
