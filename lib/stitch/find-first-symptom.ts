/** First symptom and what staff did before it. Never says "caused by": a shared id is the most that is claimed. */
import type { KeyKind } from "@/lib/domain/correlation-key";
import { durationNs } from "@/lib/domain/epoch-ns";
import type { Finding, TimelineRow } from "@/lib/domain/stitched-timeline";

const NOTHING = { candidates: [], rejected: [], reach: [] };

/** Rows in time order. Empty when nothing failed. */
export function findFirstSymptom(rows: readonly TimelineRow[], askedKinds: ReadonlySet<KeyKind>): Finding[] {
  const symptom = firstSymptom(rows);
  if (!symptom) return [];
  const findings: Finding[] = [{ kind: "first-symptom", level: "observed", rows: [symptom], ...NOTHING }];
  const action = rows.findLast(
    (row) =>
      row.event.kind === "staff-action" && !row.event.context && row.event.happenedAtNs < symptom.event.happenedAtNs,
  );
  if (action) {
    const shared = action.why[0]?.key?.kind;
    const byId = shared !== undefined && askedKinds.has(shared);
    findings.push({
      kind: "staff-impact",
      level: byId ? "likely" : "inconclusive",
      rows: [action, symptom],
      ...NOTHING,
      beforeNs: durationNs(action.event.happenedAtNs, symptom.event.happenedAtNs),
      ...(byId ? { sharedKeyKind: shared } : {}),
    });
  }
  return findings;
}

/**
 * The earliest failing row. Spans are dated by their start but fail at their end, so the innermost failing span of the
 * earliest failing trace speaks before the callers that only passed the failure on.
 */
function firstSymptom(rows: readonly TimelineRow[]): TimelineRow | undefined {
  const failing = rows.filter((row) => row.event.outcome === "error" && !row.event.context);
  const first = failing[0];
  if (first?.event.kind !== "span") return first;
  const traceId = first.event.span?.traceId;
  const spans = failing.filter((row) => row.event.kind === "span" && row.event.span?.traceId === traceId);
  return spans.reduce((deepest, row) => (row.depth > deepest.depth ? row : deepest), first);
}
