/** What a fire says about itself, out of all its sightings: the latest words, the union of who told. Pure. */
import type { AlertDescription, AlertFire, AlertRoute, AlertSighting } from "@/lib/domain/alert-history";
import { environmentOfLabels, serviceOfLabels, severityOfLabels } from "@/lib/normalize/alert-labels";
import type { CanonicalNames } from "@/lib/normalize/canonical-names";
import type { FireEnd } from "./fire-claims";

export interface FoldRules {
  readonly names: CanonicalNames;
  /** Labels that tell copies of one alert apart. */
  readonly replicaLabels: readonly string[];
}

/** One fire before it is described. */
export interface MergedClaim {
  readonly startMs: number;
  readonly end: FireEnd | null;
  readonly sightings: readonly AlertSighting[];
}

const UNKNOWN = "unknown";
const MAX_DELIVERIES = 50;
const ROUTE_RANK: Readonly<Record<AlertRoute, number>> = { unknown: 0, ticket: 1, page: 2 };

type Described = Omit<AlertFire, "id" | "episodeId" | "fingerprint">;

export function describeFire({ startMs, end, sightings }: MergedClaim, { names, replicaLabels }: FoldRules): Described {
  const alerts = sightings.map(({ alert }) => alert);
  const { alert } = latestOf(sightings);
  const { rule, name, labels, annotations, generatorUrl } = alert;
  const rawService = serviceOfLabels(labels);
  const service = rawService === undefined ? undefined : names.service(rawService);
  const rawEnvironment = environmentOfLabels(labels);
  return {
    ...{ rule, name, labels, annotations, generatorUrl },
    service: service?.name ?? UNKNOWN,
    team: service?.owner ?? UNKNOWN,
    environment: rawEnvironment === undefined ? UNKNOWN : (names.environment(rawEnvironment) ?? rawEnvironment),
    severity: severityOfLabels(labels)?.toLowerCase() ?? UNKNOWN,
    monitoringFault: alerts.some((one) => one.monitoringFault),
    startsAt: new Date(startMs),
    endsAt: end && new Date(end.atMs),
    endReason: end?.reason ?? "open",
    firstSeenAt: new Date(Math.min(...sightings.map(({ observedAt }) => observedAt.getTime()))),
    lastSeenAt: new Date(Math.max(...sightings.map(lastSeenMs))),
    reconstructed: alerts.every((one) => one.reconstructed),
    sources: distinct(sightings.map(({ source }) => source)),
    receivers: distinct(alerts.map(({ receiver }) => receiver).filter((receiver) => receiver !== "")),
    route: routeOf(alerts),
    // What was sent to anybody was not quiet.
    silenced: alerts.every((one) => one.silenced),
    inhibited: alerts.every((one) => one.inhibited),
    quietedBy: distinct(alerts.flatMap(({ quietedBy }) => quietedBy)),
    duplicates: copiesOf(sightings, replicaLabels) - 1,
    deliveries: newestDeliveries(sightings),
  };
}

export function strongestRoute(routes: readonly AlertRoute[]): AlertRoute {
  return routes.reduce<AlertRoute>((best, route) => (ROUTE_RANK[route] > ROUTE_RANK[best] ? route : best), UNKNOWN);
}

/** A poll that misses an alert repeats what it knew; the senders' own words are newer. */
function latestOf(sightings: readonly AlertSighting[]): AlertSighting {
  const told = sightings.filter(({ status }) => status !== "gone");
  const [first, ...others] = told.length > 0 ? told : sightings;
  if (!first) throw new Error("a fire has at least one sighting");
  return others.reduce((latest, one) => (isLater(one, latest) ? one : latest), first);
}

function isLater(a: AlertSighting, b: AlertSighting): boolean {
  const order = a.observedAt.getTime() - b.observedAt.getTime() || Number(a.deliveryId - b.deliveryId);
  // One delivery may tell the same alert twice, from two replicas: any order will do that does not depend on who came first.
  return order === 0 ? JSON.stringify(a.alert) > JSON.stringify(b.alert) : order > 0;
}

function lastSeenMs({ observedAt, lastObservedAt = observedAt }: AlertSighting): number {
  return lastObservedAt.getTime();
}

/** What was sent says where it went; a list only lets us guess. */
function routeOf(alerts: readonly AlertDescription[]): AlertRoute {
  const sent = strongestRoute(alerts.filter(({ polled }) => !polled).map(({ route }) => route));
  return sent === UNKNOWN ? strongestRoute(alerts.map(({ route }) => route)) : sent;
}

/** The list of who sent it is no copy of what was sent. */
function copiesOf(sightings: readonly AlertSighting[], replicaLabels: readonly string[]): number {
  const sent = sightings.filter(({ alert }) => !alert.polled);
  return distinct((sent.length > 0 ? sent : sightings).map((one) => copyOf(one, replicaLabels))).length;
}

function copyOf({ source, alert }: AlertSighting, replicaLabels: readonly string[]): string {
  return JSON.stringify([source, ...replicaLabels.map((label) => alert.labels[label] ?? null)]);
}

export function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

function newestDeliveries(sightings: readonly AlertSighting[]): bigint[] {
  const ids = [...new Set(sightings.map(({ deliveryId }) => deliveryId))];
  return ids.sort((a, b) => (a < b ? -1 : 1)).slice(-MAX_DELIVERIES);
}
