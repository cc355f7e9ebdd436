/** The first thing that went wrong for somebody: what was seen first, not what broke. */
import type { Finding, TimelineRow } from "@/lib/domain/stitched-timeline";
import type { SpanTree } from "./span-tree";
import { failuresOf, type Failure, type StandingFailures } from "./standing-failures";

/** Failures of one trace within this time are one failure, seen at several places. */
const SAME_FAILURE_MS = 5_000;

/** The row that stands for the first symptom. Undefined when nothing failed, or all of it was put right. */
export function firstSymptom(tree: SpanTree, standing: StandingFailures): TimelineRow | undefined {
  const failures = failuresOf(standing);
  const first = failures.reduce<Failure | undefined>((best, one) => (isBefore(one, best) ? one : best), undefined);
  if (!first) return undefined;
  const sameFailure = failures.filter(
    (one) =>
      one === first ||
      (first.traceId !== undefined && one.traceId === first.traceId && one.atMs - first.atMs < SAME_FAILURE_MS),
  );
  const seen = sameFailure.filter(({ row }) => row.actor === "customer" || row.actor === "staff");
  const shown = seen.reduce<Failure | undefined>((best, one) => (isOuter(one, best) ? one : best), undefined) ?? first;
  return tree.standsFor(shown.row);
}

export function findFirstSymptom(symptom: TimelineRow, standing: StandingFailures): Finding {
  const rejected = standing.recovered.slice(0, 5).map((row) => ({ row, reason: "recovered" as const }));
  return { kind: "first-symptom", level: "observed", rows: [symptom], candidates: [], rejected, reach: [] };
}

function isBefore(one: Failure, best: Failure | undefined): boolean {
  if (!best) return true;
  if (one.atMs !== best.atMs) return one.atMs < best.atMs;
  // At the same instant the inner one failed first.
  if (one.row.depth !== best.row.depth) return one.row.depth > best.row.depth;
  return one.row.event.id < best.row.event.id;
}

/** What somebody saw is the whole page or action, not the call inside it. */
function isOuter(one: Failure, best: Failure | undefined): boolean {
  if (!best || one.row.depth === best.row.depth) return isBefore(one, best);
  return one.row.depth < best.row.depth;
}
