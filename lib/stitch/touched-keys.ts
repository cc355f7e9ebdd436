/** The keys of a timeline: asked, followed, and those where the question stopped. */
import { keyId, type CorrelationKey, type KeyId } from "@/lib/domain/correlation-key";
import type { TimelineRow, TouchedKey } from "@/lib/domain/stitched-timeline";
import type { JoinResult } from "./join-evidence";

export function touchedKeys(
  asked: readonly CorrelationKey[],
  rows: readonly TimelineRow[],
  joined: JoinResult,
): TouchedKey[] {
  const followed = new Set(joined.follow.map((f) => f.id));
  const askedIds = new Set(asked.map(keyId));
  const askedKinds = new Set(asked.map((key) => key.kind));
  const found = new Map<KeyId, { key: CorrelationKey; rows: number }>(
    asked.map((key) => [keyId(key), { key, rows: 0 }]),
  );
  for (const row of rows) {
    if (joined.joined.get(row.event.id)?.reach === "ancestor") continue;
    for (let i = 0; i < row.sightings.length; i++) {
      const [sighting, id] = [row.sightings[i], row.keyIds[i]];
      if (!sighting || id === undefined) continue;
      const known = found.get(id);
      if (known) {
        known.rows++;
        continue;
      }
      const isOthers = askedKinds.has(sighting.key.kind) && !followed.has(id);
      if (!isOthers) found.set(id, { key: sighting.key, rows: 1 });
    }
  }
  return [...found]
    .map(([id, { key, rows: count }]) => ({
      id,
      key,
      asked: askedIds.has(id),
      followed: followed.has(id),
      rows: count,
      degree: 0,
    }))
    .sort(
      (a, b) => Number(b.asked) - Number(a.asked) || Number(b.followed) - Number(a.followed) || (a.id < b.id ? -1 : 1),
    );
}
