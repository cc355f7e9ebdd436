/** What was changed before the first symptom: releases, configuration, staff actions. That it happened, never that it caused. */
import { durationNs } from "@/lib/domain/epoch-ns";
import type { Finding, Rejection, TimelineRow } from "@/lib/domain/stitched-timeline";

const MAX_CHANGES = 5;
const MAX_REJECTED = 10;
/** Older changes are turned down by name. */
const LONG_BEFORE_NS = 24n * 3_600_000_000_000n;

/**
 * The changes of touched services, nearest to the symptom first. Undefined when there is none before it. `named` is the
 * staff action that another finding names already: it does not stand before a release here.
 */
export function findRecentChange(
  rows: readonly TimelineRow[],
  symptom: TimelineRow,
  named?: TimelineRow,
): Finding | undefined {
  const changes = rows.filter(isChange);
  if (changes.length === 0) return undefined;
  const touched = new Set(rows.filter(({ event }) => !event.context).map(({ service }) => service?.name));
  const kept: TimelineRow[] = [];
  const rejected: { row: TimelineRow; reason: Rejection }[] = [];
  for (const row of changes.toReversed()) {
    const reason = whyNot(row, symptom, touched);
    if (reason) rejected.push({ row, reason });
    else kept.push(row);
  }
  const others = kept.filter((row) => row !== named);
  const told = others.length > 0 ? others : kept;
  const [nearest] = told;
  if (!nearest) return undefined;
  return {
    kind: "recent-change",
    level: "observed",
    rows: told.slice(0, MAX_CHANGES),
    ...(nearest.service ? { service: nearest.service } : {}),
    candidates: [],
    rejected: rejected.slice(0, MAX_REJECTED),
    reach: [],
    beforeNs: durationNs(nearest.orderNs, symptom.orderNs),
  };
}

function isChange({ event, partOf }: TimelineRow): boolean {
  return partOf === undefined && (event.kind === "deploy" || (event.kind === "staff-action" && !event.context));
}

function whyNot(
  row: TimelineRow,
  symptom: TimelineRow,
  touched: ReadonlySet<string | undefined>,
): Rejection | undefined {
  if (row === symptom || row.orderNs > symptom.orderNs) return "later";
  // A release that names no service is about all of them.
  if (row.service && !touched.has(row.service.name)) return "context-only";
  return durationNs(row.orderNs, symptom.orderNs) > LONG_BEFORE_NS ? "before-window" : undefined;
}
