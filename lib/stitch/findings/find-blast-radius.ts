/** How many distinct things the incident touched: at least those that failing rows name, at most all that are known. */
import type { KeyId } from "@/lib/domain/correlation-key";
import { isLoss, type EvidenceGap } from "@/lib/domain/evidence-gap";
import type { Finding, Reach, RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import type { SpanTree } from "./span-tree";
import type { StandingFailures } from "./standing-failures";

/** Kinds that name a run or a visit, not something that can be hurt. */
const NOT_HURT: ReadonlySet<string> = new Set(["trace", "request", "session"]);
const FIRST_KINDS = ["order", "account", "service"];

/** Distinct values per kind. Ids that only rows above the asked path list belong to others and are not counted. */
export function findBlastRadius(
  rows: readonly TimelineRow[],
  tree: SpanTree,
  standing: StandingFailures,
  gaps: readonly EvidenceGap[],
): Finding | undefined {
  const failed = new Set<TimelineRow>();
  const failedTraces = new Set<string>();
  for (const { row, span } of standing.nodes) {
    failed.add(row);
    failedTraces.add(span.traceId);
  }
  for (const { row, traceId } of standing.remarks) {
    failed.add(row);
    if (traceId !== undefined) failedTraces.add(traceId);
  }
  const [firstFailed] = failed;
  if (!firstFailed) return undefined;
  const services = new Map<RowService, boolean>();
  const ids = new Map<KeyId, { readonly kind: string; hit: boolean }>();
  for (const row of rows) {
    if (row.event.context) continue;
    if (row.service && services.get(row.service) !== true) services.set(row.service, failed.has(row));
    if (row.keyIds.length === 0 || row.why.at(-1)?.foundIn === "above a joined span") continue;
    const isHit = failed.has(row) || failedTraces.has(row.event.span?.traceId ?? traceOf(row) ?? "");
    for (let i = 0; i < row.keyIds.length; i++) {
      const id = row.keyIds[i];
      if (id === undefined) continue;
      const known = ids.get(id);
      if (!known) ids.set(id, { kind: row.sightings[i]?.key.kind ?? "", hit: isHit });
      else if (isHit) known.hit = true;
    }
  }
  const isOpen = gaps.some((gap) => isLoss(gap) || isOpenHub(gap, failedTraces));
  const counts = new Map<string, { all: number; hit: number }>();
  const byName = new Map<string, boolean>();
  for (const [{ name }, hit] of services) byName.set(name, hit || byName.get(name) === true);
  for (const hit of byName.values()) count(counts, "service", hit);
  for (const { kind, hit } of ids.values()) if (!NOT_HURT.has(kind)) count(counts, kind, hit);
  const reach = [...counts].map(([kind, { all, hit }]): Reach => ({
    kind,
    atLeast: hit,
    ...(isOpen ? {} : { atMost: all }),
  }));
  return {
    kind: "blast-radius",
    level: isOpen ? "inconclusive" : "observed",
    rows: [tree.standsFor(firstFailed)],
    candidates: [],
    rejected: [],
    reach: reach.sort((a, b) => rank(a.kind) - rank(b.kind) || (a.kind < b.kind ? -1 : 1)),
  };
}

/** A shared run hides whom it hurt only when it failed itself; a widely shared id hides it always. */
function isOpenHub({ reason, keys = [] }: EvidenceGap, failedTraces: ReadonlySet<string>): boolean {
  if (reason !== "hub") return false;
  return keys.length === 0 || keys.some((key) => !key.startsWith("trace:") || failedTraces.has(key.slice(6)));
}

function traceOf(row: TimelineRow): string | undefined {
  const id: KeyId | undefined = row.keyIds.find((key) => key.startsWith("trace:"));
  return id?.slice("trace:".length);
}

function count(counts: Map<string, { all: number; hit: number }>, kind: string, isHit: boolean): void {
  const known = counts.get(kind) ?? { all: 0, hit: 0 };
  known.all++;
  if (isHit) known.hit++;
  counts.set(kind, known);
}

function rank(kind: string): number {
  const at = FIRST_KINDS.indexOf(kind);
  return at === -1 ? FIRST_KINDS.length : at;
}
