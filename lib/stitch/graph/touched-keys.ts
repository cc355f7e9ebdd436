/** The nodes of the identity graph: keys asked, followed, and those where the question stopped. */
import { keyId, type CorrelationKey, type KeyId } from "@/lib/domain/correlation-key";
import type { Limits } from "@/lib/domain/configuration";
import type { KeyBoundary, TimelineRow, TouchedKey } from "@/lib/domain/stitched-timeline";
import type { JoinResult } from "./join-evidence";

interface Node {
  readonly key: CorrelationKey;
  rows: number;
  /** Distinct keys beside it. */
  readonly beside: Set<KeyId>;
}

/** Asked first, then followed, then by id. Other people's keys of an asked kind are never listed. */
export function touchedKeys(
  asked: readonly CorrelationKey[],
  rows: readonly TimelineRow[],
  joined: JoinResult,
  limits: Limits,
): TouchedKey[] {
  const hops = new Map(joined.follow.map((followed) => [followed.id, followed.hop]));
  const askedIds = new Set(asked.map(keyId));
  return [...collectNodes(asked, rows, joined, hops)]
    .map(([id, { key, rows: count, beside }]): TouchedKey => {
      const boundary = askedIds.has(id) ? joined.boundaries.get(id) : boundaryOf(id, key, joined, hops, limits);
      return {
        id,
        key,
        asked: askedIds.has(id),
        followed: hops.has(id),
        rows: count,
        degree: beside.size,
        ...(boundary ? { boundary } : {}),
      };
    })
    .sort(
      (a, b) => Number(b.asked) - Number(a.asked) || Number(b.followed) - Number(a.followed) || (a.id < b.id ? -1 : 1),
    );
}

function collectNodes(
  asked: readonly CorrelationKey[],
  rows: readonly TimelineRow[],
  joined: JoinResult,
  hops: ReadonlyMap<KeyId, number>,
): Map<KeyId, Node> {
  const askedKinds = new Set(asked.map((key) => key.kind));
  const nodes = new Map<KeyId, Node>(asked.map((key) => [keyId(key), { key, rows: 0, beside: new Set() }]));
  // Thousands of rows carry the same few ids: neighbours are looked at once per combination.
  const combinations = new Set<string>();
  for (const row of rows) {
    if (joined.joined.get(row.event.id)?.reach === "ancestor") continue;
    for (let i = 0; i < row.sightings.length; i++) {
      const [sighting, id] = [row.sightings[i], row.keyIds[i]];
      if (!sighting || id === undefined || row.keyIds.indexOf(id) < i) continue;
      const known = nodes.get(id);
      if (known) known.rows++;
      else if (!askedKinds.has(sighting.key.kind) || hops.has(id)) {
        nodes.set(id, { key: sighting.key, rows: 1, beside: new Set() });
      }
    }
    const combination = row.keyIds.join("\n");
    if (row.keyIds.length < 2 || combinations.has(combination)) continue;
    combinations.add(combination);
    for (const id of row.keyIds) {
      const node = nodes.get(id);
      if (node) for (const other of row.keyIds) if (other !== id) node.beside.add(other);
    }
  }
  return nodes;
}

function boundaryOf(
  id: KeyId,
  key: CorrelationKey,
  joined: JoinResult,
  hops: ReadonlyMap<KeyId, number>,
  limits: Limits,
): KeyBoundary | undefined {
  const found = joined.boundaries.get(id);
  if (found) return found;
  const hop = hops.get(id);
  if (hop === undefined) return { reason: "on-request", keys: 1, searches: [key] };
  return hop > limits.hops ? { reason: "hops", keys: 1, searches: [key] } : undefined;
}
