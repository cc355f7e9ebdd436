/** What staff did before a customer or a service was hit by it. An id that both rows share, or the same time only. */
import type { KeyId } from "@/lib/domain/correlation-key";
import { durationNs } from "@/lib/domain/epoch-ns";
import type { Finding, TimelineRow } from "@/lib/domain/stitched-timeline";
import { preciseMs, type SpanTree } from "./span-tree";
import { failuresOf, type StandingFailures } from "./standing-failures";

interface Impact {
  readonly row: TimelineRow;
  readonly atMs: number;
  readonly keys: ReadonlySet<KeyId>;
}

const MAX_IMPACTS = 50;

/** Undefined without a staff action before a failure. The latest action with an id path speaks, else the latest. */
export function findStaffImpact(
  rows: readonly TimelineRow[],
  tree: SpanTree,
  standing: StandingFailures,
): Finding | undefined {
  const actions = rows.filter(
    (row) => row.event.kind === "staff-action" && !row.event.context && row.partOf === undefined,
  );
  if (actions.length === 0) return undefined;
  const keysOfTrace = subjectKeysOfTraces(rows);
  const impacts = impactsOf(tree, standing, keysOfTrace);
  let sameTime: { action: TimelineRow; impact: Impact } | undefined;
  for (const action of actions.toReversed()) {
    const atMs = preciseMs(action.orderNs);
    const later = impacts.filter((impact) => impact.atMs > atMs && impact.row !== action);
    const own = new Set([...subjectKeys(action), ...(keysOfTrace.get(traceOf(action) ?? "") ?? [])]);
    for (const impact of later) {
      const shared = [...own].filter((id) => impact.keys.has(id)).sort(bySubject)[0];
      if (shared !== undefined) return finding(action, impact, shared.slice(0, shared.indexOf(":")));
    }
    const [first] = later;
    if (first) sameTime ??= { action, impact: first };
  }
  return sameTime && finding(sameTime.action, sameTime.impact, undefined);
}

function finding(action: TimelineRow, impact: Impact, sharedKeyKind: string | undefined): Finding {
  const beforeNs = durationNs(action.orderNs, impact.row.orderNs);
  return {
    kind: "staff-impact",
    level: sharedKeyKind === undefined ? "inconclusive" : "likely",
    rows: [action, impact.row],
    ...(impact.row.service ? { service: impact.row.service } : {}),
    candidates: [],
    rejected: [],
    reach: [],
    // A call may start before the action and fail after it.
    beforeNs: beforeNs < 0n ? 0n : beforeNs,
    ...(sharedKeyKind === undefined ? {} : { sharedKeyKind }),
  };
}

/** Failures in the order in which they happened, those that a customer saw first; what staff saw themselves is no impact. */
function impactsOf(tree: SpanTree, standing: StandingFailures, keysOfTrace: ReadonlyMap<string, ReadonlySet<KeyId>>) {
  const failed = failuresOf(standing).filter(({ row }) => row.actor !== "staff");
  const sorted = failed.sort(
    (a, b) =>
      Number(b.row.actor === "customer") - Number(a.row.actor === "customer") ||
      a.atMs - b.atMs ||
      b.row.depth - a.row.depth ||
      (a.row.event.id < b.row.event.id ? -1 : 1),
  );
  return sorted.slice(0, MAX_IMPACTS).map(({ row, atMs, traceId }): Impact => {
    const keys = new Set([...subjectKeys(row), ...(keysOfTrace.get(traceId ?? "") ?? [])]);
    return { row: tree.standsFor(row), atMs, keys };
  });
}

/** Every id in a trace belongs to all of its rows, except in a shared one, whose listing rows are only above the path. */
function subjectKeysOfTraces(rows: readonly TimelineRow[]): Map<string, Set<KeyId>> {
  const byTrace = new Map<string, Set<KeyId>>();
  for (const row of rows) {
    const traceId = traceOf(row);
    if (traceId === undefined || row.event.context || isAbovePath(row)) continue;
    let keys = byTrace.get(traceId);
    if (!keys) byTrace.set(traceId, (keys = new Set()));
    for (const id of subjectKeys(row)) keys.add(id);
  }
  return byTrace;
}

function traceOf(row: TimelineRow): string | undefined {
  return row.event.span?.traceId ?? row.keyIds.find((id) => id.startsWith("trace:"))?.slice("trace:".length);
}

function isAbovePath(row: TimelineRow): boolean {
  return row.why.at(-1)?.foundIn === "above a joined span";
}

function subjectKeys(row: TimelineRow): KeyId[] {
  return row.keyIds.filter((id) => !id.startsWith("trace:"));
}

/** The narrowest subject names the path: an order before an account. */
function bySubject(a: KeyId, b: KeyId): number {
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

const NARROW_FIRST = ["order:", "ticket:", "job:", "request:", "account:", "session:"];

function rank(id: KeyId): number {
  const at = NARROW_FIRST.findIndex((prefix) => id.startsWith(prefix));
  return at === -1 ? 2 : at;
}
