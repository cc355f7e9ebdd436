/** Ids of what kept fires quiet → whose silence, which mute, which other alert. Not yet redacted. */
import "server-only";
import type { AlertEpisode, AlertFire } from "@/lib/domain/alert-history";
import type { Quieting } from "@/lib/redact/redact-quieting";
import { store } from "@/lib/store/open-store";
import type { AlertReader } from "./alert-reader";

const MUTE = "mute:";
const INHIBIT = "inhibit:";

/** Silences, then mutes, then other alerts. An alert inhibits by what it is, however often it fired: each is named once. */
export async function findQuieting(
  episode: AlertEpisode,
  fires: readonly AlertFire[],
  reader: AlertReader,
): Promise<Quieting[]> {
  const ids = [...new Set(fires.flatMap(({ quietedBy }) => quietedBy))].sort();
  if (ids.length === 0) return [];
  const named = (prefix: string) => ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length));
  const [mutes, inhibiting] = [named(MUTE), named(INHIBIT)];
  const silences = ids.filter((id) => !id.startsWith(MUTE) && !id.startsWith(INHIBIT));
  const { polls, alerts } = await store();
  const [kept, others] = await Promise.all([
    polls.silences(silences),
    alerts.episodesOf(inhibiting, episode.startsAt, episode.endsAt ?? new Date()),
  ]);
  return [
    ...silences.map((id) => ({ what: "silence" as const, silence: kept.find((one) => one.id === id) ?? null })),
    ...mutes.map((name) => ({ what: "mute" as const, name })),
    ...inhibiting.map((fingerprint) => {
      const other = others.find((one) => one.episode.fingerprint === fingerprint);
      return { what: "inhibition" as const, row: other ? reader.rowOf(other) : null };
    }),
  ];
}
