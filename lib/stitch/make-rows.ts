/** Joined records → rows: each with its chain, its service and its depth, in the order of their own clocks. */
import { SERVICE_KIND, type CorrelationKey } from "@/lib/domain/correlation-key";
import type { Join, RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import { kindOfSource, type SourceKind } from "@/lib/domain/source-id";
import type { CanonicalService } from "@/lib/normalize/canonical-names";
import type { EvidenceIndex } from "./graph/evidence-index";
import type { JoinResult } from "./graph/join-evidence";
import type { JoinedRecord } from "./graph/join-state";
import type { EvidenceRecord } from "./read-records";

const MAX_CHAIN = 8;
/** Shared, for most rows are seen in one source. */
const SEEN_IN: Readonly<Record<SourceKind, readonly SourceKind[]>> = {
  loki: ["loki"],
  tempo: ["tempo"],
  prometheus: ["prometheus"],
  alertmanager: ["alertmanager"],
  sentry: ["sentry"],
};
/** A span met again while its own depth is sought: parents in a circle. The one below it counts as topmost. */
const UNDER_WAY = -1;

/** One row per record that belongs or is context of a touched service. Clocks and groups come later. */
export function makeRows(
  index: EvidenceIndex,
  joined: JoinResult,
  asked: readonly CorrelationKey[] = [],
): TimelineRow[] {
  const services = new Map<CanonicalService, RowService>();
  const depths = new Map<EvidenceRecord, number>();
  const rows: TimelineRow[] = [];
  const touched = touchedServices(joined);
  const named = new Set(asked.filter(({ kind }) => kind === SERVICE_KIND).map(({ value }) => value));
  const isAround = ({ service }: EvidenceRecord): boolean =>
    // A deploy may name no service: it is context for the whole window.
    service === null || touched.has(service) || named.has(service.name);
  for (const record of index.records) {
    const why = record.event.context
      ? isAround(record)
        ? contextChain(record)
        : undefined
      : chainOf(joined.joined.get(record.event.id));
    if (why) rows.push(toRow(record, why, services, depthOf(record, index, depths)));
  }
  return rows;
}

function toRow(
  record: EvidenceRecord,
  why: readonly Join[],
  services: Map<CanonicalService, RowService>,
  depth: number,
): TimelineRow {
  return {
    event: record.event,
    orderNs: record.event.happenedAtNs,
    causal: false,
    service: record.service && rowService(record.service, services),
    environment: record.environment,
    actor:
      record.event.kind === "alert" || record.event.kind === "deploy" ? "system" : (record.service?.actor ?? "service"),
    sentence: record.sentence,
    recognised: record.recognised,
    sightings: record.sightings,
    keyIds: record.keyIds,
    why,
    seenIn: SEEN_IN[kindOfSource(record.event.source)],
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
  if (!joined.through) return [joined.join];
  if (!joined.through.through) return [joined.through.join, joined.join];
  const chain: Join[] = [];
  for (let step: JoinedRecord | undefined = joined; step && chain.length < MAX_CHAIN; step = step.through) {
    chain.push(step.join);
  }
  return chain.reverse();
}

function contextChain(record: EvidenceRecord): Join[] {
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

/** Levels below the topmost known span. Walks instead of recursing, so that no length of chain overflows. */
function depthOf(record: EvidenceRecord, index: EvidenceIndex, depths: Map<EvidenceRecord, number>): number {
  const spans = record.traceId === undefined ? undefined : index.traces.get(record.traceId)?.spans;
  const own = record.spanId === undefined ? undefined : spans?.get(record.spanId);
  if (!spans || !own) return 0;
  const known = depths.get(own);
  if (known !== undefined) return known;
  const path: EvidenceRecord[] = [];
  let depth = 0;
  for (let span: EvidenceRecord | undefined = own; span; span = parentOf(span, spans)) {
    const above = depths.get(span);
    if (above !== undefined) {
      depth = above + 1;
      break;
    }
    depths.set(span, UNDER_WAY);
    path.push(span);
  }
  for (const span of path.reverse()) depths.set(span, depth++);
  return depths.get(own) ?? 0;
}

function parentOf(span: EvidenceRecord, spans: ReadonlyMap<string, EvidenceRecord>): EvidenceRecord | undefined {
  const parent = span.event.span?.parentSpanId;
  return parent === undefined ? undefined : spans.get(parent);
}
