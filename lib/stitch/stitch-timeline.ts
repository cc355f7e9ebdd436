/** All evidence of one question → rows in order, each with the chain that brought it in. Pure; never throws. */
import { keyId, type CorrelationKey, type KeyId } from "@/lib/domain/correlation-key";
import type { Limits } from "@/lib/domain/configuration";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { ExpansionRule } from "@/lib/domain/key-rule";
import { kindOfSource } from "@/lib/domain/source-id";
import type {
  Join,
  RowService,
  StitchedTimeline,
  TimelineRow,
  TouchedKey,
  TouchedService,
} from "@/lib/domain/stitched-timeline";
import type { CanonicalService } from "@/lib/normalize/canonical-names";
import { indexEvidence, type EvidenceIndex } from "./evidence-index";
import { findFirstSymptom } from "./find-first-symptom";
import { joinEvidence, type JoinResult } from "./join-evidence";
import type { JoinedRecord } from "./join-state";
import type { EvidenceRecord } from "./read-records";

export interface StitchInput {
  readonly asked: readonly CorrelationKey[];
  /** One array per settled step, in any order. */
  readonly batches: readonly (readonly EvidenceRecord[])[];
  readonly expansion: readonly ExpansionRule[];
  readonly limits: Limits;
}

const MAX_CHAIN = 8;

/** In: records in any order, repeats allowed. Out: see `StitchedTimeline`. The same records always give the same result. */
export function stitchTimeline(input: StitchInput): StitchedTimeline {
  const index = indexEvidence(input.batches);
  const joined = joinEvidence({ asked: input.asked, index, expansion: input.expansion, limits: input.limits });
  const services = new Map<CanonicalService, RowService>();
  const depths = new Map<string, number>();
  const rows: TimelineRow[] = [];
  const touched = touchedServices(joined);
  for (const record of index.records) {
    const why = record.event.context ? contextChain(record, touched) : chainOf(joined.joined.get(record.event.id));
    if (why) rows.push(toRow(record, why, services, depthOf(record, index, depths)));
  }
  return {
    rows,
    keys: touchedKeys(input.asked, rows, joined),
    services: countServices(rows, joined),
    findings: findFirstSymptom(rows, new Set(input.asked.map((key) => key.kind))),
    gaps: [...joined.gaps, ...unnamedValueGap(index, joined)],
    follow: joined.follow,
    records: index.records.length,
    foreign: joined.foreign,
  };
}

function toRow(
  record: EvidenceRecord,
  why: readonly Join[],
  services: Map<CanonicalService, RowService>,
  depth: number,
): TimelineRow {
  return {
    event: record.event,
    service: record.service && rowService(record.service, services),
    environment: record.environment,
    actor:
      record.event.kind === "alert" || record.event.kind === "deploy" ? "system" : (record.service?.actor ?? "service"),
    sentence: record.sentence,
    recognised: record.recognised,
    sightings: record.sightings,
    keyIds: record.keyIds,
    why,
    seenIn: [kindOfSource(record.event.source)],
    count: 1,
    depth,
  };
}

function rowService(service: CanonicalService, cache: Map<CanonicalService, RowService>): RowService {
  let row = cache.get(service);
  if (!row) {
    const { name, displayName, owner, audience, listed } = service;
    row = { name, displayName, audience, listed, ...(owner === undefined ? {} : { owner }) };
    cache.set(service, row);
  }
  return row;
}

function chainOf(joined: JoinedRecord | undefined): Join[] | undefined {
  if (!joined) return undefined;
  const chain: Join[] = [];
  for (let step: JoinedRecord | undefined = joined; step && chain.length < MAX_CHAIN; step = step.through) {
    chain.push(step.join);
  }
  return chain.reverse();
}

function contextChain(record: EvidenceRecord, touched: ReadonlySet<CanonicalService>): Join[] | undefined {
  // A deploy may name no service: it is context for the whole window.
  if (record.service && !touched.has(record.service)) return undefined;
  return [
    {
      rule: "same service and time",
      foundIn: record.service ? "service name and window" : "window",
      confidence: "context",
      source: record.event.source,
      ...(record.query ? { query: record.query } : {}),
    },
  ];
}

function touchedServices(joined: JoinResult): Set<CanonicalService> {
  const touched = new Set<CanonicalService>();
  for (const { record } of joined.joined.values()) if (record.service) touched.add(record.service);
  return touched;
}

function touchedKeys(asked: readonly CorrelationKey[], rows: readonly TimelineRow[], joined: JoinResult): TouchedKey[] {
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
    }))
    .sort(
      (a, b) => Number(b.asked) - Number(a.asked) || Number(b.followed) - Number(a.followed) || (a.id < b.id ? -1 : 1),
    );
}

function countServices(rows: readonly TimelineRow[], joined: JoinResult): TouchedService[] {
  const found = new Map<string, { service: RowService; spellings: Set<string>; rows: number; errors: number }>();
  for (const row of rows) {
    const record = joined.joined.get(row.event.id)?.record;
    if (!row.service || !record?.service) continue;
    const known = found.get(row.service.name) ?? {
      service: row.service,
      spellings: new Set<string>(),
      rows: 0,
      errors: 0,
    };
    known.rows++;
    if (row.event.outcome === "error") known.errors++;
    for (const spelling of record.service.spellings) known.spellings.add(spelling);
    found.set(row.service.name, known);
  }
  return [...found.values()]
    .map((entry) => ({ ...entry, spellings: [...entry.spellings].sort() }))
    .sort((a, b) => (a.service.name < b.service.name ? -1 : 1));
}

/** Records that hold the bare value but never say that it is such an id: not shown, and said so. */
function unnamedValueGap(index: EvidenceIndex, joined: JoinResult): EvidenceGap[] {
  const unnamed = index.records.filter(
    (record) =>
      record.step.request.kind === "by-key" &&
      !record.event.context &&
      !joined.joined.has(record.event.id) &&
      !record.keyIds.includes(keyId(record.step.request.key)) &&
      record.event.kind === "log",
  ).length;
  if (unnamed === 0) return [];
  return [
    {
      reason: "id-absent",
      detail: "Some records contain the same number without saying that it is this id; they are not shown.",
      retryable: false,
      shown: 0,
      total: unnamed,
    },
  ];
}

function depthOf(record: EvidenceRecord, index: EvidenceIndex, depths: Map<string, number>): number {
  const spans = record.traceId === undefined ? undefined : index.traces.get(record.traceId)?.spans;
  if (!spans || record.spanId === undefined) return 0;
  const path: string[] = [];
  let spanId: string | undefined = record.spanId;
  let depth = 0;
  while (spanId !== undefined && path.length < 999) {
    const known: number | undefined = depths.get(`${record.traceId}/${spanId}`);
    if (known !== undefined) {
      depth = known + 1;
      break;
    }
    path.push(spanId);
    const parent: string | undefined = spans.get(spanId)?.event.span?.parentSpanId;
    spanId = parent !== undefined && !path.includes(parent) ? parent : undefined;
  }
  for (const id of path.reverse()) depths.set(`${record.traceId}/${id}`, depth++);
  return depths.get(`${record.traceId}/${record.spanId}`) ?? 0;
}
