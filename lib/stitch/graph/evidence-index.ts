/** All records of a question, unique and sorted, with the look-ups that joining needs. */
import type { KeyId } from "@/lib/domain/correlation-key";
import { KIND_RANK } from "@/lib/domain/kind-rank";
import type { EvidenceRecord } from "../read-records";

export interface TraceIndex {
  readonly records: readonly EvidenceRecord[];
  readonly spans: ReadonlyMap<string, EvidenceRecord>;
  readonly childrenOf: ReadonlyMap<string, readonly EvidenceRecord[]>;
}

export interface EvidenceIndex {
  /** Ascending by (instant, kind rank, id); unique by event id. */
  readonly records: readonly EvidenceRecord[];
  readonly byKey: ReadonlyMap<KeyId, readonly EvidenceRecord[]>;
  readonly traces: ReadonlyMap<string, TraceIndex>;
  /** Spans that link to a span, by `traceId/spanId` of the target. */
  readonly linkedFrom: ReadonlyMap<string, readonly EvidenceRecord[]>;
}

export function indexEvidence(batches: readonly (readonly EvidenceRecord[])[]): EvidenceIndex {
  const unique = new Map<string, EvidenceRecord>();
  for (const batch of batches) {
    for (const record of batch) {
      const known = unique.get(record.event.id);
      if (!known || isPreferred(record, known)) unique.set(record.event.id, record);
    }
  }
  const records = [...unique.values()].sort(compareRecords);
  const byKey = new Map<KeyId, EvidenceRecord[]>();
  const byTrace = new Map<string, EvidenceRecord[]>();
  const linkedFrom = new Map<string, EvidenceRecord[]>();
  for (const record of records) {
    if (record.event.context) continue;
    for (const id of record.keyIds) push(byKey, id, record);
    if (record.traceId !== undefined) push(byTrace, record.traceId, record);
    for (const link of record.event.span?.links ?? []) push(linkedFrom, `${link.traceId}/${link.spanId}`, record);
  }
  const traces = new Map([...byTrace].map(([traceId, members]) => [traceId, indexTrace(members)]));
  return { records, byKey, traces, linkedFrom };
}

export function compareRecords(a: EvidenceRecord, b: EvidenceRecord): number {
  const [left, right] = [a.event, b.event];
  if (left.happenedAtNs !== right.happenedAtNs) return left.happenedAtNs < right.happenedAtNs ? -1 : 1;
  const rank = KIND_RANK[left.kind] - KIND_RANK[right.kind];
  if (rank !== 0) return rank;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}

/**
 * Of two fetches of one record the one that asked for what was asked explains it, or else the first by the name of its
 * step and by its query: whichever arrived first. How many hops away a later step is depends on which source led there.
 */
function isPreferred(candidate: EvidenceRecord, known: EvidenceRecord): boolean {
  // What was joined by an id is more than context.
  if (candidate.event.context !== known.event.context) return !candidate.event.context;
  const byKeys = candidate.sightings.length - known.sightings.length;
  if (byKeys !== 0) return byKeys > 0;
  const isSeed = asksForSeed(candidate);
  if (isSeed !== asksForSeed(known)) return isSeed;
  if (candidate.step.id !== known.step.id) return candidate.step.id < known.step.id;
  return (candidate.query?.text ?? "") < (known.query?.text ?? "");
}

function asksForSeed({ step }: EvidenceRecord): boolean {
  return step.hop === 0 && step.request.kind !== "context" && step.request.kind !== "failures";
}

function indexTrace(records: readonly EvidenceRecord[]): TraceIndex {
  const spans = new Map<string, EvidenceRecord>();
  const childrenOf = new Map<string, EvidenceRecord[]>();
  for (const record of records) {
    if (record.event.kind !== "span" || !record.event.span) continue;
    // Zipkin-style shared ids: the first in order stands for both; the other is still a record of the trace.
    if (!spans.has(record.event.span.spanId)) spans.set(record.event.span.spanId, record);
    const parent = record.event.span.parentSpanId;
    if (parent !== undefined) push(childrenOf, parent, record);
  }
  return { records, spans, childrenOf };
}

function push<K>(map: Map<K, EvidenceRecord[]>, key: K, record: EvidenceRecord): void {
  const list = map.get(key);
  if (list) list.push(record);
  else map.set(key, [record]);
}
