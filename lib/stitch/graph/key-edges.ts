/** The edges of the identity graph: which key's evidence named which other key, by which rule, in which rows. */
import { keyId, type KeyId } from "@/lib/domain/correlation-key";
import type { KeyEdge, TimelineRow, TouchedKey } from "@/lib/domain/stitched-timeline";
import { kindOfSource, type SourceKind } from "@/lib/domain/source-id";
import type { JoinResult } from "./join-evidence";

/** Between listed keys only, sorted by ends and rule. Nothing leads to an asked key: there the question began. */
export function keyEdges(rows: readonly TimelineRow[], keys: readonly TouchedKey[], joined: JoinResult): KeyEdge[] {
  const listed = new Map<KeyId, TouchedKey>(keys.map((key) => [key.id, key]));
  const edges = new Map<string, KeyEdge & { sources: SourceKind[]; events: string[] }>();
  for (const row of rows) {
    const entry = joined.joined.get(row.event.id);
    const from = entry?.join.key;
    if (!entry || !from || entry.reach === "ancestor") continue;
    const fromId = keyId(from);
    for (let i = 0; i < row.sightings.length; i++) {
      const [sighting, id] = [row.sightings[i], row.keyIds[i]];
      const to = id === undefined ? undefined : listed.get(id);
      if (!sighting || !to || to.asked || to.id === fromId || row.keyIds.indexOf(to.id) < i) continue;
      const name = `${fromId}\n${to.id}\n${sighting.rule}\n${sighting.confidence}`;
      let edge = edges.get(name);
      if (!edge) {
        edge = { from, to: to.key, rule: sighting.rule, confidence: sighting.confidence, sources: [], events: [] };
        edges.set(name, edge);
      }
      const source = kindOfSource(row.event.source);
      if (!edge.sources.includes(source)) edge.sources.push(source);
      edge.events.push(row.event.id);
    }
  }
  return [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => ({ ...edge, sources: edge.sources.sort() }));
}
