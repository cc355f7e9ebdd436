/**
 * Which records of a trace belong to the question. A trace that names nobody else belongs whole. A mixed one (a batch
 * over a thousand orders) contributes only the path of the asked key: its own spans, their ancestors and descendants.
 */
import { keyId, type KeyId, type KeyKind } from "@/lib/domain/correlation-key";
import type { EvidenceRecord } from "../read-records";
import type { TraceIndex } from "./evidence-index";
import { admit, isForeign, learnSubject, NO_KEYS, type JoinedRecord, type JoinState } from "./join-state";

/** More distinct accounts than this in one trace (customer, staff, merchant) make it a mixed one. */
const FEW_SUBJECTS = 3;
const MAX_DEPTH = 10_000;

export function joinTrace(state: JoinState, traceId: string): void {
  const trace = state.index.traces.get(traceId);
  const entry = earliest(state.entries.get(traceId)?.values() ?? []);
  if (!trace || (!entry && !state.askedIds.has(`trace:${traceId}`))) return;
  if (belongsWhole(state, trace, traceId)) {
    for (const record of trace.records) admit(state, wholeTraceJoin(traceId, record, entry));
    state.leftOut.delete(traceId);
    return;
  }
  joinPath(state, trace, traceId);
  const inside = trace.records.filter((record) => state.joined.has(record.event.id)).length;
  state.leftOut.set(traceId, trace.records.length - inside);
}

function belongsWhole(state: JoinState, trace: TraceIndex, traceId: string): boolean {
  const id: KeyId = `trace:${traceId}`;
  const isAsked = state.askedIds.has(id);
  if (state.widen.has(id)) return true;
  const others = otherSubjects(state, trace);
  let isMixed = false;
  for (const [kind, ids] of others) {
    if (ids.size > FEW_SUBJECTS || (state.decisiveKinds.has(kind) && !isAsked)) isMixed = true;
  }
  const gone = state.takenOut?.get(traceId) ?? NO_KEYS;
  isMixed ||= !isAsked && gone.some((key) => state.decisiveKinds.has(key.kind) && !state.own.has(keyId(key)));
  // The only subjects in a trace of this question are its own.
  if (!isMixed) for (const [kind, ids] of others) for (const other of ids) learnOwn(state, kind, other, isAsked);
  return isAsked || !isMixed;
}

function learnOwn(state: JoinState, kind: KeyKind, id: KeyId, isAsked: boolean): void {
  if (isAsked) learnSubject(state, kind, id);
  else state.own.add(id);
}

/** Subjects that the trace names and that are not known to be the question's own, by kind. */
function otherSubjects(state: JoinState, trace: TraceIndex): Map<KeyKind, Set<KeyId>> {
  const others = new Map<KeyKind, Set<KeyId>>();
  const add = (kind: KeyKind | undefined, id: KeyId | undefined) => {
    if (kind === undefined || id === undefined || !state.subjectKinds.has(kind) || state.own.has(id)) return;
    const values = others.get(kind) ?? new Set();
    others.set(kind, values.add(id));
  };
  for (const record of trace.records) {
    for (let i = 0; i < record.sightings.length; i++) add(record.sightings[i]?.key.kind, record.keyIds[i]);
    for (const key of record.disowned ?? NO_KEYS) add(key.kind, keyId(key));
  }
  return others;
}

function joinPath(state: JoinState, trace: TraceIndex, traceId: string): void {
  const entries = [...(state.entries.get(traceId)?.values() ?? [])];
  // Shared by all starts: in a path of thousands of spans each is an entry, and each would walk the whole path again.
  const [below, above] = [new Set<string>(), new Set<string>()];
  for (const entry of entries) {
    const spanId = entrySpanId(entry, traceId);
    if (spanId === undefined) continue;
    const span = trace.spans.get(spanId);
    if (span) admit(state, structureJoin(traceId, span, entry, "the span of a joined record", "path"));
    descend(state, trace, traceId, spanId, entry, below);
    ascend(state, trace, traceId, spanId, entry, above);
  }
  joinLinesOfPath(state, trace, traceId);
}

/** The span of this trace through which the question entered: the record's own, or the one its link names. */
function entrySpanId({ record }: JoinedRecord, traceId: string): string | undefined {
  if (record.traceId === traceId) return record.spanId;
  return record.event.span?.links.find((link) => link.traceId === traceId)?.spanId;
}

function descend(
  state: JoinState,
  trace: TraceIndex,
  traceId: string,
  from: string,
  entry: JoinedRecord,
  seen: Set<string>,
): void {
  const stack = [from];
  while (stack.length > 0) {
    const spanId = stack.pop() ?? "";
    for (const child of trace.childrenOf.get(spanId) ?? []) {
      const childId = child.spanId ?? "";
      if (seen.has(childId) || isForeign(state, child)) continue;
      seen.add(childId);
      admit(state, structureJoin(traceId, child, entry, "below a joined span", "path"));
      stack.push(childId);
    }
  }
}

function ascend(
  state: JoinState,
  trace: TraceIndex,
  traceId: string,
  from: string,
  entry: JoinedRecord,
  seen: Set<string>,
): void {
  let parentId = trace.spans.get(from)?.event.span?.parentSpanId;
  for (let depth = 0; parentId !== undefined && !seen.has(parentId) && depth < MAX_DEPTH; depth++) {
    seen.add(parentId);
    const parent = trace.spans.get(parentId);
    if (!parent) return;
    admit(state, structureJoin(traceId, parent, entry, "above a joined span", "ancestor"));
    parentId = parent.event.span?.parentSpanId;
  }
}

/** Lines and errors written inside the path. Those of ancestors speak for the whole batch and stay out. */
function joinLinesOfPath(state: JoinState, trace: TraceIndex, traceId: string): void {
  for (const record of trace.records) {
    if (record.event.kind === "span" || record.spanId === undefined || isForeign(state, record)) continue;
    const span = trace.spans.get(record.spanId);
    const owner = span && state.joined.get(span.event.id);
    if (!owner || owner.reach === "ancestor") continue;
    admit(state, structureJoin(traceId, record, owner, "written inside a joined span", "path"));
  }
}

function wholeTraceJoin(traceId: string, record: EvidenceRecord, entry: JoinedRecord | undefined): JoinedRecord {
  const sighting = record.sightings.find((s) => s.key.kind === "trace" && s.key.value === traceId);
  const key = { kind: "trace", value: traceId };
  return {
    record,
    through: entry,
    hop: (entry?.hop ?? -1) + 1,
    reach: "path",
    origin: entry?.origin ?? key,
    join: {
      key,
      rule: sighting?.rule ?? "trace id",
      foundIn: sighting?.at ?? "trace",
      confidence: sighting?.confidence ?? "structure",
      ...(entry ? { throughEvent: entry.record.event.id } : {}),
      source: record.event.source,
      ...(record.query ? { query: record.query } : {}),
    },
  };
}

function structureJoin(
  traceId: string,
  record: EvidenceRecord,
  entry: JoinedRecord,
  foundIn: string,
  reach: "path" | "ancestor",
): JoinedRecord {
  return {
    record,
    through: entry,
    hop: entry.hop + 1,
    reach,
    origin: entry.origin,
    join: {
      key: { kind: "trace", value: traceId },
      rule: "trace structure",
      foundIn,
      confidence: "structure",
      throughEvent: entry.record.event.id,
      source: record.event.source,
      ...(record.query ? { query: record.query } : {}),
    },
  };
}

function earliest(entries: Iterable<JoinedRecord>): JoinedRecord | undefined {
  let best: JoinedRecord | undefined;
  for (const entry of entries) if (!best || isEarlier(entry, best)) best = entry;
  return best;
}

function isEarlier(entry: JoinedRecord, than: JoinedRecord): boolean {
  if (entry.hop !== than.hop) return entry.hop < than.hop;
  const [a, b] = [entry.record.event, than.record.event];
  return a.happenedAtNs < b.happenedAtNs || (a.happenedAtNs === b.happenedAtNs && a.id < b.id);
}
