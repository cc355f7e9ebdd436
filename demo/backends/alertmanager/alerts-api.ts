/** `/api/v2/alerts` and `/api/v2/alerts/groups`. */
import { z } from "zod";
import type { AlertStore, StoredAlert } from "./alert-store";
import { compileWhole, MatcherError, parseMatcher, type LabelMatcher, type Labels } from "./label-matcher";
import { routesFor, type InhibitRule, type Route, type Routing } from "./routing";
import type { SilenceStore } from "./silence-store";

export interface AlertmanagerState {
  readonly alerts: AlertStore;
  readonly silences: SilenceStore;
  readonly routing: Routing;
  readonly now: () => number;
}
interface Status {
  readonly inhibitedBy: readonly string[];
  readonly mutedBy: readonly string[];
  readonly silencedBy: readonly string[];
  readonly state: "active" | "suppressed";
}
interface Filter {
  readonly matchers: readonly LabelMatcher[];
  readonly receiver: (name: string) => boolean;
  readonly wants: (status: Status) => boolean;
}

/** Throws `MatcherError`, which the router answers with 400. */
export function listAlerts(query: URLSearchParams, state: AlertmanagerState): unknown[] {
  const filter = readFilter(query);
  return state.alerts
    .active(state.now())
    .map((alert) => ({
      alert,
      receivers: [...new Set(routesFor(state.routing.root, alert.labels).map(({ receiver }) => receiver))],
      // A time-muted alert looks active here; only the groups tell.
      status: statusOf(alert, [], state),
    }))
    .filter(({ alert, receivers, status }) => receivers.some(filter.receiver) && accepts(filter, alert, status))
    .map(({ alert, receivers, status }) => view(alert, receivers, status, state));
}

/** One entry per route and group, by labels; groups without a visible alert are left out. */
export function listGroups(query: URLSearchParams, state: AlertmanagerState): unknown[] {
  const filter = readFilter(query);
  const groups = new Map<string, { labels: Labels; receiver: string; alerts: unknown[] }>();
  const alerts = state.alerts.active(state.now()).sort((a, b) => byLabels(a.labels, b.labels));
  for (const alert of alerts) {
    const receivers = routesFor(state.routing.root, alert.labels);
    for (const route of receivers) {
      const status = statusOf(alert, route.mutedBy, state);
      if (!filter.receiver(route.receiver) || !accepts(filter, alert, status)) continue;
      const labels = groupLabels(route, alert.labels);
      const key = JSON.stringify([route.receiver, route.matchers.map(({ name, value }) => [name, value]), labels]);
      const group = groups.get(key) ?? { labels, receiver: route.receiver, alerts: [] };
      const names = [...new Set(receivers.map(({ receiver }) => receiver))];
      group.alerts.push(view(alert, names, status, state));
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .sort((a, b) => byLabels(a.labels, b.labels) || compare(a.receiver, b.receiver))
    .map((group) => ({ alerts: group.alerts, labels: group.labels, receiver: { name: group.receiver } }));
}

/** Name by name in order, then value by value (prometheus/common LabelSet.Before). */
function byLabels(a: Labels, b: Labels): number {
  const [left, right] = [Object.entries(a).sort(), Object.entries(b).sort()];
  for (const [index, [name, value]] of left.entries()) {
    const [otherName = "", otherValue = ""] = right[index] ?? [];
    const order = compare(name, otherName) || compare(value, otherValue);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function groupLabels(route: Route, labels: Labels): Labels {
  if (route.groupBy.includes("...")) return labels;
  return Object.fromEntries(Object.entries(labels).filter(([name]) => route.groupBy.includes(name)));
}

function readFilter(query: URLSearchParams): Filter {
  // Anything but the words for true reads as false, nonsense included.
  const flag = (name: string) => ["true", "1"].includes((query.get(name) ?? "true").toLowerCase());
  const [active, silenced, inhibited, muted] = [flag("active"), flag("silenced"), flag("inhibited"), flag("muted")];
  return {
    matchers: query.getAll("filter").map(parseMatcher),
    receiver: receiverFilter(query.get("receiver")),
    wants: (status) =>
      (active || status.state !== "active") &&
      (silenced || status.silencedBy.length === 0) &&
      (inhibited || status.inhibitedBy.length === 0) &&
      (muted || status.mutedBy.length === 0),
  };
}

function receiverFilter(pattern: string | null): (name: string) => boolean {
  if (pattern === null || pattern === "") return () => true;
  try {
    return compileWhole(pattern);
  } catch (error) {
    if (error instanceof MatcherError) throw new MatcherError(`failed to parse receiver param: ${error.message}`);
    throw error;
  }
}

function accepts(filter: Filter, alert: StoredAlert, status: Status): boolean {
  return filter.wants(status) && filter.matchers.every((matcher) => matcher.matches(alert.labels));
}

function statusOf(alert: StoredAlert, mutedBy: readonly string[], state: AlertmanagerState): Status {
  const silencedBy = [...new Set([...alert.silencedBy, ...state.silences.silencing(alert.labels, state.now())])];
  const inhibitedBy = state.routing.inhibitRules.flatMap((rule) => inhibitors(rule, alert, state));
  const isSuppressed = silencedBy.length + inhibitedBy.length + mutedBy.length > 0;
  return { inhibitedBy, mutedBy, silencedBy, state: isSuppressed ? "suppressed" : "active" };
}

/** One inhibitor is enough for the server, so it names one. */
function inhibitors(rule: InhibitRule, target: StoredAlert, state: AlertmanagerState): string[] {
  const fits = (matchers: readonly LabelMatcher[], labels: Labels) => matchers.every((one) => one.matches(labels));
  if (!fits(rule.target, target.labels)) return [];
  const source = state.alerts
    .active(state.now())
    .find(
      (alert) =>
        fits(rule.source, alert.labels) &&
        !fits(rule.target, alert.labels) &&
        rule.equal.every((name) => (alert.labels[name] ?? "") === (target.labels[name] ?? "")),
    );
  return source ? [source.fingerprint] : [];
}

function view(alert: StoredAlert, receivers: readonly string[], status: Status, state: AlertmanagerState): unknown {
  // While an alert fires, the API shows when it would be forgotten.
  const forgottenAtMs = state.now() + state.alerts.resolveTimeoutMs;
  return {
    annotations: alert.annotations,
    endsAt: new Date(Number.isFinite(alert.endsAtMs) ? alert.endsAtMs : forgottenAtMs).toISOString(),
    fingerprint: alert.fingerprint,
    receivers: receivers.map((name) => ({ name })),
    startsAt: new Date(alert.startsAtMs).toISOString(),
    status,
    updatedAt: new Date(alert.updatedAtMs).toISOString(),
    ...(alert.generatorURL === "" ? {} : { generatorURL: alert.generatorURL }),
    labels: alert.labels,
  };
}

export const PostedAlert = z.object({
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()).default({}),
  startsAt: z.string().default(""),
  endsAt: z.string().default(""),
  generatorURL: z.string().default(""),
});
