/** How many distinct things the incident touched: at least those that failing rows name, at most all that are known. */
import type { KeyId } from "@/lib/domain/correlation-key";
import { isLoss, type EvidenceGap } from "@/lib/domain/evidence-gap";
import type { Finding, Reach, TimelineRow } from "@/lib/domain/stitched-timeline";
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
  const known = new Map<string, Set<string>>();
  const hit = new Map<string, Set<string>>();
  for (const row of rows) {
    if (row.event.context) continue;
    if (row.service) add(known, "service", row.service.name);
    if (row.service && failed.has(row)) add(hit, "service", row.service.name);
    if (row.why.at(-1)?.foundIn === "above a joined span") continue;
    const isHit = failed.has(row) || failedTraces.has(row.event.span?.traceId ?? traceOf(row) ?? "");
    for (let i = 0; i < row.keyIds.length; i++) {
      const kind = row.sightings[i]?.key.kind;
      const id = row.keyIds[i];
      if (kind === undefined || id === undefined || NOT_HURT.has(kind)) continue;
      add(known, kind, id);
      if (isHit) add(hit, kind, id);
    }
  }
  const isOpen = gaps.some((gap) => isLoss(gap) || gap.reason === "hub");
  const reach = [...known.entries()].map(([kind, values]): Reach => ({
    kind,
    atLeast: hit.get(kind)?.size ?? 0,
    ...(isOpen ? {} : { atMost: values.size }),
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

function traceOf(row: TimelineRow): string | undefined {
  const id: KeyId | undefined = row.keyIds.find((key) => key.startsWith("trace:"));
  return id?.slice("trace:".length);
}

function add(sets: Map<string, Set<string>>, kind: string, value: string): void {
  const set = sets.get(kind);
  if (set) set.add(value);
  else sets.set(kind, new Set([value]));
}

function rank(kind: string): number {
  const at = FIRST_KINDS.indexOf(kind);
  return at === -1 ? FIRST_KINDS.length : at;
}
