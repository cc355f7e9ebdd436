/** The two lists of an Alertmanager → what fires now, and what keeps it quiet. Pure. */
import type { AlertSettings } from "@/lib/domain/alert-settings";
import { alertFingerprint } from "@/lib/normalize/alert-fingerprint";
import type { GettableAlert } from "@/lib/sources/alertmanager/wire";
import { alertInstant } from "../alert-instant";
import type { ListedNow } from "./compare-poll";
import type { Routing } from "./read-routing";

export interface ListingRules {
  readonly source: string;
  readonly now: Date;
  readonly settings: AlertSettings;
  readonly routing: Routing;
}

/** An alert without a readable start is left out. */
export function listAlerts(
  plain: readonly GettableAlert[],
  grouped: readonly GettableAlert[],
  rules: ListingRules,
): ListedNow[] {
  const { replicaLabels, valueLabels } = rules.settings;
  const without = new Set([...replicaLabels, ...valueLabels]);
  const mutes = mutesOf(grouped);
  // An Alertmanager knows alerts by all their labels.
  const ours = new Map(plain.map(({ fingerprint, labels }) => [fingerprint, alertFingerprint(labels, without)]));
  return plain.flatMap((alert) => {
    const { labels, annotations, startsAt, generatorURL, receivers, status } = alert;
    const started = alertInstant(startsAt, rules.now);
    if (!started) return [];
    const names = (receivers ?? []).map(({ name }) => name).filter((name) => !rules.routing.silentReceivers.has(name));
    const mutedBy = mutes.get(keyOf(alert)) ?? [];
    const silencedBy = (status?.silencedBy ?? []).map((id) => `${rules.source}/${id}`);
    const inhibitedBy = (status?.inhibitedBy ?? []).map((theirs) => ours.get(theirs) ?? theirs);
    const isQuiet = mutedBy.length + silencedBy.length + inhibitedBy.length > 0;
    return {
      fingerprint: alertFingerprint(labels, without),
      startMs: started.getTime(),
      undecided: !isQuiet && rules.now.getTime() - started.getTime() < rules.routing.undecidedMs,
      alert: {
        ...{ labels, annotations: annotations ?? {}, startsAt: started.toISOString() },
        generatorURL: generatorURL ?? "",
        receivers: [...new Set(names)].sort(),
        ...{ silencedBy: silencedBy.sort(), inhibitedBy: [...new Set(inhibitedBy)].sort(), mutedBy },
      },
    };
  });
}

/** Muted is what is muted on every route that it takes: on any other it was sent. */
function mutesOf(grouped: readonly GettableAlert[]): ReadonlyMap<string, string[]> {
  const mutes = new Map<string, Set<string> | undefined>();
  for (const alert of grouped) {
    const key = keyOf(alert);
    const names = alert.status?.mutedBy ?? [];
    if (names.length === 0) mutes.set(key, undefined);
    else if (!mutes.has(key)) mutes.set(key, new Set(names));
    else for (const name of names) mutes.get(key)?.add(name);
  }
  return new Map([...mutes].map(([key, names]) => [key, [...(names ?? [])].sort()]));
}

function keyOf({ fingerprint, startsAt }: GettableAlert): string {
  return `${fingerprint}\n${startsAt}`;
}
