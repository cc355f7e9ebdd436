/** Fires of one fingerprint → episodes: a fire that starts at most some minutes after the last one ended continues it. Pure. */
import type { AlertEpisode, AlertFire } from "@/lib/domain/alert-history";
import { distinct, strongestRoute } from "./describe-fire";
import { flappingFires } from "./flapping-fires";

/** The part of a fire that episodes need; labels and annotations stay in the database. */
export type EpisodeFire = Omit<AlertFire, "labels" | "annotations" | "generatorUrl" | "deliveries">;

export interface GroupedEpisode {
  readonly episode: AlertEpisode;
  /** Ids of its fires, ascending by start. */
  readonly fires: readonly string[];
}

/** In: fires of one fingerprint, ascending by start, not overlapping. Out: episodes, ascending. */
export function groupEpisodes(fires: readonly EpisodeFire[], gapMinutes: number): GroupedEpisode[] {
  const groups: EpisodeFire[][] = [];
  for (const fire of fires) {
    const group = groups.at(-1);
    const endedMs = group?.at(-1)?.endsAt?.getTime();
    if (group && endedMs !== undefined && fire.startsAt.getTime() - endedMs <= gapMinutes * 60_000) group.push(fire);
    else groups.push([fire]);
  }
  const flapping = flappingFires(fires);
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return [];
    return [{ episode: episodeOf(group, first, last, flapping), fires: group.map(({ id }) => id) }];
  });
}

function episodeOf(
  group: readonly EpisodeFire[],
  first: EpisodeFire,
  last: EpisodeFire,
  flapping: ReadonlySet<string>,
): AlertEpisode {
  const { rule, name, service, environment, team, severity } = last;
  return {
    ...{ id: first.id, fingerprint: first.fingerprint, rule, name, service, environment, team, severity },
    ...{ startsAt: first.startsAt, endsAt: last.endsAt, endReason: last.endReason },
    monitoringFault: group.some((fire) => fire.monitoringFault),
    fires: group.length,
    flapping: group.filter(({ id }) => flapping.has(id)).length,
    route: strongestRoute(group.map(({ route }) => route)),
    silenced: group.every((fire) => fire.silenced),
    inhibited: group.every((fire) => fire.inhibited),
    reconstructed: group.every((fire) => fire.reconstructed),
    sources: distinct(group.flatMap(({ sources }) => sources)),
    receivers: distinct(group.flatMap(({ receivers }) => receivers)),
    firstSeenAt: new Date(Math.min(...group.map(({ firstSeenAt }) => firstSeenAt.getTime()))),
  };
}
