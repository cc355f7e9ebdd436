/**
 * Folds again what a delivery may have changed, and nothing before: fires of the past cannot change, so only the one before
 * the touched time and what follows is read again.
 */
import "server-only";
import type { AlertFire, AlertSighting } from "@/lib/domain/alert-history";
import { FLAPPING_MEMORY_MS } from "@/lib/domain/flapping-spans";
import type { AlertWork } from "@/lib/store/alert-work";
import type { FoldRules } from "./describe-fire";

import { foldFires } from "./fold-fires";
import { groupEpisodes, type EpisodeFire } from "./group-episodes";

export interface HistoryRules extends FoldRules {
  readonly episodeGapMinutes: number;
}

const PAGE = 200;

/** `touched`: sightings that are new. Locks their fingerprints until the transaction ends. */
export async function recomputeHistory(
  touched: readonly AlertSighting[],
  work: AlertWork,
  rules: HistoryRules,
): Promise<void> {
  const earliest = new Map<string, Date>();
  for (const { fingerprint, startsAt } of touched) {
    const known = earliest.get(fingerprint);
    if (!known || startsAt < known) earliest.set(fingerprint, startsAt);
  }
  for (const [fingerprint, at] of earliest) await recompute(fingerprint, at, work, rules);
}

async function recompute(fingerprint: string, at: Date, work: AlertWork, rules: HistoryRules): Promise<void> {
  // The fire that the time falls into may change its start's neighbour: a lost end lies before the next start.
  const from = (await work.startsUpTo(fingerprint, at, 2)).at(-1) ?? at;
  const folded = foldFires(await work.sightingsFrom(fingerprint, from), rules);
  const before = await firesOfStretch(fingerprint, from, folded[0]?.startsAt ?? from, work, rules);
  const grouped = groupEpisodes([...before, ...folded], rules.episodeGapMinutes);
  const episodeOf = new Map(grouped.flatMap(({ episode, fires }) => fires.map((id) => [id, episode.id] as const)));
  const changed = before.filter(({ id, episodeId }) => episodeOf.get(id) !== episodeId);
  await work.replace({
    ...{ fingerprint, from },
    fires: folded.map((fire): AlertFire => ({ ...fire, episodeId: episodeOf.get(fire.id) ?? fire.id })),
    episodesFrom: before[0]?.startsAt ?? from,
    episodes: grouped.map(({ episode }) => episode),
    episodeOfFire: new Map(changed.map(({ id }) => [id, episodeOf.get(id) ?? id])),
  });
}

/**
 * Fires before `from`, ascending, back to a silence after which neither an episode goes on nor a span of flapping is open. A
 * silence is long enough only before the first of them.
 */
async function firesOfStretch(
  fingerprint: string,
  from: Date,
  firstStart: Date,
  work: AlertWork,
  { episodeGapMinutes }: HistoryRules,
): Promise<EpisodeFire[]> {
  const silenceMs = Math.max(FLAPPING_MEMORY_MS, episodeGapMinutes * 60_000);
  const stretch: EpisodeFire[] = [];
  let next = firstStart;
  let before = from;
  for (;;) {
    const page = await work.firesBefore(fingerprint, before, PAGE);
    for (const fire of page) {
      if (fire.endsAt && next.getTime() - fire.endsAt.getTime() > silenceMs) return stretch.reverse();
      stretch.push(fire);
      next = fire.startsAt;
    }
    if (page.length < PAGE) return stretch.reverse();
    before = next;
  }
}
