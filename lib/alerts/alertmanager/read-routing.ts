/** What the configuration of an Alertmanager says about waiting and about who is told nothing. Pure; never throws. */
import { parse } from "yaml";
import { z } from "zod";
import { parseGoDuration } from "@/lib/sources/parse-go-duration";

export interface Routing {
  /** Longest of all routes: so long after a start the list may still be short. */
  readonly groupIntervalMs: number;
  /** So long after its start an alert that a mute time will keep quiet looks like any other; 0 without mute times. */
  readonly undecidedMs: number;
  /** Receivers without any integration: whoever is routed there is told nothing. */
  readonly silentReceivers: ReadonlySet<string>;
}

const Route = z.looseObject({
  group_interval: z.string().optional().catch(undefined),
  group_wait: z.string().optional().catch(undefined),
  routes: z.array(z.unknown()).nullish().catch(undefined),
});
type Route = z.infer<typeof Route>;
const Config = z.object({
  route: z.unknown(),
  receivers: z
    .array(z.looseObject({ name: z.string() }))
    .nullish()
    .catch(undefined),
});

/** Alertmanager's own defaults. */
const GROUP_INTERVAL_MS = 5 * 60_000;
const GROUP_WAIT_MS = 30_000;
/** A flush takes a moment. */
const FLUSH_MS = 5_000;
const MAX_DEPTH = 20;

/** `original`: as `/api/v2/status` gives it; undefined when it is not known. */
export function readRouting(original: string | undefined): Routing {
  const config = parseConfig(original);
  const routes = routesOf(config?.route, 0);
  const longest = (name: "group_interval" | "group_wait", fallback: number) =>
    Math.max(fallback, ...routes.map((route) => Number((parseGoDuration(route[name] ?? "") ?? 0n) / 1_000_000n)));
  const waits = longest("group_wait", routes[0]?.group_wait === undefined ? GROUP_WAIT_MS : 0);
  const mutes =
    config === undefined ||
    routes.some((route) => hasList(route, "mute_time_intervals") || hasList(route, "active_time_intervals"));
  const silent = (config?.receivers ?? []).filter(
    (one) => !Object.keys(one).some((key) => key.endsWith("_configs") && hasList(one, key)),
  );
  return {
    groupIntervalMs: longest("group_interval", routes[0]?.group_interval === undefined ? GROUP_INTERVAL_MS : 0),
    undecidedMs: mutes ? waits + FLUSH_MS : 0,
    silentReceivers: new Set(silent.map(({ name }) => name)),
  };
}

function parseConfig(original: string | undefined): z.infer<typeof Config> | undefined {
  if (original === undefined) return undefined;
  try {
    return Config.safeParse(parse(original, { maxAliasCount: 100 })).data;
  } catch {
    return undefined;
  }
}

function routesOf(raw: unknown, depth: number): Route[] {
  const route = Route.safeParse(raw);
  if (!route.success || depth > MAX_DEPTH) return [];
  return [route.data, ...(route.data.routes ?? []).flatMap((child) => routesOf(child, depth + 1))];
}

function hasList(object: Readonly<Record<string, unknown>>, key: string): boolean {
  const value = object[key];
  return Array.isArray(value) && value.length > 0;
}
