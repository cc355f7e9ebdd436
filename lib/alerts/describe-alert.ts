/** Labels and annotations of a sender → `AlertDescription`, with what a notification of it means. Pure. */
import type { AlertDescription, AlertRoute } from "@/lib/domain/alert-history";
import type { AlertSettings } from "@/lib/domain/alert-settings";
import { severityOfLabels } from "@/lib/normalize/alert-labels";
import type { ReadingRules } from "./delivery-reading";

/**
 * Grafana's names for a rule without data, a failed evaluation, and what its test button sends: about the monitoring, not
 * about a service. They also come by way of an Alertmanager that Grafana sends to.
 */
const FAULT_NAMES: ReadonlySet<string> = new Set(["DatasourceNoData", "DatasourceError", "TestAlert"]);

export interface ToldAlert {
  readonly rule: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly generatorUrl: string;
  /** Un-escaped. */
  readonly receiver: string;
  /** The sender itself says that it is about the monitoring. */
  readonly monitoringFault?: boolean;
}

export function describeAlert(told: ToldAlert, { settings, hookRoute }: ReadingRules): AlertDescription {
  const labels = storableTexts(told.labels);
  const receiver = storable(told.receiver);
  const name = storable(told.name);
  const isFault = (text: string) => FAULT_NAMES.has(text) || settings.monitoringAlerts.includes(text);
  return {
    ...{ rule: storable(told.rule), name, labels, annotations: storableTexts(told.annotations), receiver },
    generatorUrl: storable(told.generatorUrl),
    route: routeOf(receiver, labels, hookRoute, settings),
    monitoringFault: told.monitoringFault === true || [name, labels["alertname"] ?? ""].some(isFault),
    ...{ silenced: false, inhibited: false, quietedBy: [], polled: false, reconstructed: false },
  };
}

/** Where it was sent tells most, then by whom, then what it calls itself. */
function routeOf(
  receiver: string,
  labels: Readonly<Record<string, string>>,
  hookRoute: AlertRoute,
  { receivers, pagingSeverities }: AlertSettings,
): AlertRoute {
  if (hookRoute !== "unknown") return hookRoute;
  const mapped = Object.hasOwn(receivers, receiver) ? receivers[receiver] : undefined;
  if (mapped !== undefined) return mapped;
  const severity = severityOfLabels(labels)?.toLowerCase();
  if (severity === undefined) return "unknown";
  return pagingSeverities.some((paging) => paging.toLowerCase() === severity) ? "page" : "ticket";
}

export function storableTexts(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [storable(name), storable(value)]));
}

/** Neither a zero character nor half of a surrogate pair can be stored as JSON. */
export function storable(text: string): string {
  return text.replaceAll("\0", "\u{fffd}").replace(/\p{Surrogate}/gu, "\u{fffd}");
}
