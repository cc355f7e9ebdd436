/**
 * Folds again what deliveries may have changed, and nothing before: fires of the past cannot change, so only the one before
 * the touched time and what follows is read again.
 */
import "server-only";
import type { AlertFire, AlertSighting } from "@/lib/domain/alert-history";
import { FLAPPING_MEMORY_MS } from "@/lib/domain/flapping-spans";
import { groupBy } from "@/lib/domain/group-by";
import type { AlertWork, HistoryPlace } from "@/lib/store/alert-work";
import type { RewrittenHistory } from "@/lib/store/write-history";
import type { FoldRules } from "./describe-fire";
import { foldFires } from "./fold-fires";
import { groupEpisodes, type EpisodeFire } from "./group-episodes";
import { partsToRead } from "./parts-to-read";

export interface HistoryRules extends FoldRules {
  readonly episodeGapMinutes: number;
}

/** Some tens of megabytes. */
const SIGHTINGS_AT_ONCE = 20_000;

/** `touched`: sightings that are new, of fingerprints that are locked. */
export async function recomputeHistory(
  touched: readonly AlertSighting[],
  work: AlertWork,
  rules: HistoryRules,
): Promise<void> {
  if (touched.length === 0) return;
  // The fire that a time falls into may change its start's neighbour: a lost end lies before the next start.
  const places = await work.firesBack(earliestOf(touched));
  for (const part of partsToRead(places, SIGHTINGS_AT_ONCE)) await recompute(part, work, rules);
}

async function recompute(places: readonly HistoryPlace[], work: AlertWork, rules: HistoryRules): Promise<void> {
  // After such a silence neither an episode goes on nor is a span of flapping open.
  const silenceMs = Math.max(FLAPPING_MEMORY_MS, rules.episodeGapMinutes * 60_000);
  const sightings = await work.sightingsFrom(places);
  const before = groupBy(await work.firesBefore(places, silenceMs), ({ fingerprint }) => fingerprint);
  const folded = groupBy(foldFires(sightings, rules), ({ fingerprint }) => fingerprint);
  await work.replace(
    places.map((place) => {
      const { fingerprint } = place;
      return rewritten(place, before.get(fingerprint) ?? [], folded.get(fingerprint) ?? [], rules.episodeGapMinutes);
    }),
  );
}

function earliestOf(touched: readonly AlertSighting[]): HistoryPlace[] {
  const earliest = new Map<string, Date>();
  for (const { fingerprint, startsAt } of touched) {
    const known = earliest.get(fingerprint);
    if (!known || startsAt < known) earliest.set(fingerprint, startsAt);
  }
  return [...earliest].map(([fingerprint, at]) => ({ fingerprint, at }));
}

/** `before`: fires that start before the place, ascending. */
function rewritten(
  { fingerprint, at: from }: HistoryPlace,
  before: readonly EpisodeFire[],
  folded: readonly AlertFire[],
  gapMinutes: number,
): RewrittenHistory {
  const grouped = groupEpisodes([...before, ...folded], gapMinutes);
  const episodeOf = new Map(grouped.flatMap(({ episode, fires }) => fires.map((id) => [id, episode.id] as const)));
  const changed = before.filter(({ id, episodeId }) => episodeOf.get(id) !== episodeId);
  // An episode takes in what follows it and nothing else: those before the last one before stand, unless the gap itself is another.
  const last = changed.length > 0 ? undefined : grouped.find(({ episode }) => episode.id === before.at(-1)?.episodeId);
  const episodesFrom = last?.episode.startsAt ?? before[0]?.startsAt ?? from;
  return {
    ...{ fingerprint, from, episodesFrom },
    fires: folded.map((fire): AlertFire => ({ ...fire, episodeId: episodeOf.get(fire.id) ?? fire.id })),
    episodes: grouped.flatMap(({ episode }) => (episode.startsAt >= episodesFrom ? [episode] : [])),
    episodeOfFire: new Map(changed.map(({ id }) => [id, episodeOf.get(id) ?? id])),
  };
}
