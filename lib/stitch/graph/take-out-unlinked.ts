/** What people took out of an incident: rows that do not belong, ids that lead astray. Undone by not passing them. */
import type { CorrelationKey, KeyId } from "@/lib/domain/correlation-key";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { JoinResult } from "./join-evidence";
import type { EvidenceRecord } from "../read-records";

export interface Unlinked {
  readonly events: ReadonlySet<string>;
  readonly keys: ReadonlySet<KeyId>;
}

export function isEmptyUnlinked({ events, keys }: Unlinked): boolean {
  return events.size === 0 && keys.size === 0;
}

/** An unlinked row is not evidence at all; an unlinked id leads nowhere, and a record that names it is still somebody's. */
export function takeOutUnlinked(
  batches: readonly (readonly EvidenceRecord[])[],
  unlinked: Unlinked,
): readonly (readonly EvidenceRecord[])[] {
  if (isEmptyUnlinked(unlinked)) return batches;
  return batches.map((batch) =>
    batch.filter(({ event }) => !unlinked.events.has(event.id)).map((record) => withoutKeys(record, unlinked.keys)),
  );
}

/** Whom the unlinked rows of each trace name: a trace that served others still did so when the row that says it is gone. */
export function namedByUnlinked(
  batches: readonly (readonly EvidenceRecord[])[],
  { events }: Unlinked,
): ReadonlyMap<string, readonly CorrelationKey[]> {
  const named = new Map<string, CorrelationKey[]>();
  if (events.size === 0) return named;
  for (const { event, traceId, sightings } of batches.flat()) {
    if (traceId === undefined || !events.has(event.id)) continue;
    named.set(traceId, [...(named.get(traceId) ?? []), ...sightings.map(({ key }) => key)]);
  }
  return named;
}

function withoutKeys(record: EvidenceRecord, keys: ReadonlySet<KeyId>): EvidenceRecord {
  const leavesTrace = record.traceId !== undefined && keys.has(`trace:${record.traceId}`);
  if (!leavesTrace && !record.keyIds.some((id) => keys.has(id))) return record;
  const { traceId, ...rest } = record;
  return {
    ...rest,
    traceId: leavesTrace ? undefined : traceId,
    sightings: record.sightings.filter((_, i) => !keys.has(record.keyIds[i] ?? ":")),
    keyIds: record.keyIds.filter((id) => !keys.has(id)),
    disowned: record.sightings.flatMap(({ key }, i) => (keys.has(record.keyIds[i] ?? ":") ? [key] : [])),
  };
}

/** Per unlinked event or key: how many records are missing because of it. `whole` is the join with nothing taken out. */
export function countUnlinked(unlinked: Unlinked, whole: JoinResult, joined: JoinResult): Map<string, number> {
  const counts = new Map<string, number>([...unlinked.events, ...unlinked.keys].map((id) => [id, 0]));
  for (const [eventId, entry] of whole.joined) {
    if (joined.joined.has(eventId)) continue;
    let target: string | undefined;
    for (let step: typeof entry | undefined = entry; step && target === undefined; step = step.through) {
      const key: KeyId | undefined = step.join.key && `${step.join.key.kind}:${step.join.key.value}`;
      if (unlinked.events.has(step.record.event.id)) target = step.record.event.id;
      else if (key !== undefined && unlinked.keys.has(key)) target = key;
    }
    if (target !== undefined) counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  return counts;
}

export function unlinkedGap(counts: ReadonlyMap<string, number>): EvidenceGap[] {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (counts.size === 0) return [];
  const detail = "People unlinked rows or ids from this incident; what came only through them is not shown.";
  return [{ reason: "unlinked", detail, retryable: false, shown: 0, total }];
}
