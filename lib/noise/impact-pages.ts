/** Which pages were about a hit to customers. */
import type { CustomerImpact } from "@/lib/domain/on-call";
import { at } from "./at";
import type { PageRow } from "./index-pages";
import type { Month } from "./prepare-month";

/**
 * About the service, or one that it calls, while customers were hit, by an alert that overlaps it. An alert that had been
 * firing for long when the impact began told nobody of it.
 */
export function isAbout(impact: CustomerImpact, month: Month): (row: PageRow) => boolean {
  const [from, to] = [impact.startedAt.getTime(), impact.endedAt?.getTime() ?? Infinity];
  const { start, end } = month.index.episodes;
  // A page may warn of what it belongs to, and belongs to it as far as alerts of one cluster belong together.
  const earlyMs = month.settings.clusterGapMinutes * 60_000;
  const services = calledBy(impact.service, month);
  return ({ place, episode, at: time }) => {
    if (!services.has(place.service) || time >= to || time < from - earlyMs) return false;
    return episode < 0 ? time >= from : at(start, episode) < to && at(end, episode) > from;
  };
}

/** The service and those that it calls, within the hops of a cluster. */
function calledBy(service: string, { input, settings }: Month): Set<string> {
  const reached = new Set([service]);
  let edge = [service];
  for (let hop = 0; hop < settings.clusterHops; hop += 1) {
    edge = edge.flatMap((from) => input.dependencies[from] ?? []).filter((to) => !reached.has(to));
    for (const to of edge) reached.add(to);
  }
  return reached;
}
