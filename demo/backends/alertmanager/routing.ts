/** Alertmanager's configuration as far as the API shows it: the route tree, receivers and inhibition. */
import { parse } from "yaml";
import { z } from "zod";
import { parseMatcher, type LabelMatcher, type Labels } from "./label-matcher";

const RawRoute = z.object({
  receiver: z.string().optional(),
  group_by: z.array(z.string()).optional(),
  matchers: z.array(z.string()).default([]),
  continue: z.boolean().default(false),
  mute_time_intervals: z.array(z.string()).default([]),
  get routes() {
    return z.array(RawRoute).default([]);
  },
});
type RawRoute = z.infer<typeof RawRoute>;
const RawConfig = z.object({
  global: z.object({ resolve_timeout: z.string().default("5m") }).default({ resolve_timeout: "5m" }),
  route: RawRoute,
  inhibit_rules: z
    .array(
      z.object({
        source_matchers: z.array(z.string()).default([]),
        target_matchers: z.array(z.string()).default([]),
        equal: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  receivers: z.array(z.object({ name: z.string() })),
});

export interface Route {
  readonly receiver: string;
  readonly groupBy: readonly string[];
  readonly matchers: readonly LabelMatcher[];
  readonly continue: boolean;
  /** Names of time intervals; the demo treats a named interval as always on. */
  readonly mutedBy: readonly string[];
  readonly routes: readonly Route[];
}
export interface InhibitRule {
  readonly source: readonly LabelMatcher[];
  readonly target: readonly LabelMatcher[];
  readonly equal: readonly string[];
}
export interface Routing {
  readonly yaml: string;
  readonly resolveTimeoutMs: number;
  readonly root: Route;
  readonly receivers: readonly string[];
  readonly inhibitRules: readonly InhibitRule[];
}

/** Throws on a configuration the real server would not start with. */
export function readRouting(yaml: string): Routing {
  const raw = RawConfig.parse(parse(yaml));
  return {
    yaml,
    resolveTimeoutMs: durationMs(raw.global.resolve_timeout),
    root: toRoute(raw.route, { receiver: "", groupBy: [] }),
    receivers: raw.receivers.map(({ name }) => name),
    inhibitRules: raw.inhibit_rules.map((rule) => ({
      source: rule.source_matchers.map(parseMatcher),
      target: rule.target_matchers.map(parseMatcher),
      equal: rule.equal,
    })),
  };
}

/** The routes that take an alert: the deepest match of each branch, and the next sibling only after `continue`. */
export function routesFor(route: Route, labels: Labels): Route[] {
  if (!route.matchers.every((matcher) => matcher.matches(labels))) return [];
  const found: Route[] = [];
  for (const child of route.routes) {
    const below = routesFor(child, labels);
    found.push(...below);
    if (below.length > 0 && !child.continue) break;
  }
  return found.length > 0 ? found : [route];
}

function toRoute(raw: RawRoute, parent: { receiver: string; groupBy: readonly string[] }): Route {
  const inherited = { receiver: raw.receiver ?? parent.receiver, groupBy: raw.group_by ?? parent.groupBy };
  return {
    ...inherited,
    matchers: raw.matchers.map(parseMatcher),
    continue: raw.continue,
    mutedBy: raw.mute_time_intervals,
    routes: raw.routes.map((child) => toRoute(child, inherited)),
  };
}

function durationMs(text: string): number {
  const [, count = "5", unit = "m"] = /^(\d+)(s|m|h)$/.exec(text) ?? [];
  return Number(count) * (unit === "s" ? 1000 : unit === "m" ? 60_000 : 3_600_000);
}
