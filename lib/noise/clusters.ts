/** Episodes of neighbouring services that start close together: what one person would call one incident. */
import { at } from "./at";

export interface EpisodeStart {
  readonly start: Float64Array;
  /** Service of each episode. */
  readonly service: (episode: number) => string;
  /** Who stands in for the service when there is none: alerts without one meet only their own rule. */
  readonly rule: (episode: number) => string;
}

export interface ClusterRules {
  readonly gapMs: number;
  readonly longestMs: number;
  readonly hops: number;
}

/**
 * The cluster of each episode, numbered by first start. Episodes come sorted by start.
 * An episode joins the oldest cluster that has a service within `hops`, whose last start is at most `gapMs` ago and
 * whose first is at most `longestMs` ago.
 */
export function clusterEpisodes(
  episodes: EpisodeStart,
  dependencies: Readonly<Record<string, readonly string[]>>,
  rules: ClusterRules,
): { readonly of: Int32Array; readonly first: readonly number[] } {
  const count = episodes.start.length;
  const of = new Int32Array(count);
  const first: number[] = [];
  const last: number[] = [];
  const latest = new Map<string, number>();
  const near = neighbourhoods(dependencies, rules.hops);
  for (let episode = 0; episode < count; episode += 1) {
    const start = at(episodes.start, episode);
    const service = episodes.service(episode);
    const place = service === "unknown" ? `unknown/${episodes.rule(episode)}` : service;
    let joined = -1;
    for (const neighbour of near.get(place) ?? [place]) {
      const cluster = latest.get(neighbour);
      if (cluster === undefined || (joined >= 0 && cluster >= joined)) continue;
      if (start - at(last, cluster) > rules.gapMs) continue;
      if (start - at(episodes.start, at(first, cluster)) > rules.longestMs) continue;
      joined = cluster;
    }
    if (joined < 0) {
      joined = first.length;
      first.push(episode);
      last.push(start);
    }
    last[joined] = start;
    latest.set(place, joined);
    of[episode] = joined;
  }
  return { of, first };
}

/** Services within so many calls of each, in either direction; each is its own neighbour. */
function neighbourhoods(dependencies: Readonly<Record<string, readonly string[]>>, hops: number) {
  const beside = new Map<string, Set<string>>();
  const join = (a: string, b: string) => beside.set(a, (beside.get(a) ?? new Set()).add(b));
  for (const [caller, called] of Object.entries(dependencies)) {
    for (const callee of called) {
      join(caller, callee);
      join(callee, caller);
    }
  }
  const near = new Map<string, readonly string[]>();
  for (const service of beside.keys()) {
    const reached = new Set([service]);
    let edge = [service];
    for (let hop = 0; hop < hops; hop += 1) {
      edge = edge.flatMap((from) => [...(beside.get(from) ?? [])]).filter((to) => !reached.has(to));
      for (const to of edge) reached.add(to);
    }
    near.set(service, [...reached]);
  }
  return near;
}
