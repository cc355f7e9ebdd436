/** One row per fact: the same fact seen by several sources, and repeats, stand behind one row. */
import { SOURCE_KINDS, kindOfSource, type SourceKind } from "@/lib/domain/source-id";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import { collapseRepeats } from "./collapse-repeats";
import type { JoinResult } from "./join-evidence";
import { sameFacts } from "./same-fact";

/**
 * In: rows in timeline order. Out: the same rows in the same order, none missing; those behind another name it in
 * `partOf`. Facts come first, then repeats of facts: everything behind one row names that row, and `part` tells why.
 * The sum of `count` over rows without `partOf` is the number of rows. Pure; never throws.
 */
export function groupRows(rows: readonly TimelineRow[], joined: JoinResult): TimelineRow[] {
  const factHead = rows.map((_, place) => place);
  for (const fact of sameFacts(rows, joined)) {
    const head = headOf(fact, rows);
    for (const place of fact) factHead[place] = head;
  }
  const runs = collapseRepeats(rows, (place) => factHead[place] === place);
  const runHead = new Map(runs.flatMap((run) => run.map((place) => [place, run[0] ?? place] as const)));
  const behind = new Map<number, number[]>();
  const factMembers = new Map<number, number[]>();
  rows.forEach((_, place) => {
    const fact = factHead[place] ?? place;
    const head = runHead.get(fact) ?? fact;
    if (head !== place) push(behind, head, place);
    if (fact !== place) push(factMembers, fact, place);
  });
  if (behind.size === 0) return [...rows];
  const lastOf = new Map(runs.map((run) => [run[0] ?? 0, run.at(-1) ?? 0]));
  return rows.map((row, place) => {
    const fact = factHead[place] ?? place;
    const head = runHead.get(fact) ?? fact;
    const parts = behind.get(place);
    if (head !== place) {
      const headRow = rows[head];
      if (!headRow) return row;
      const reporters = [fact, ...(factMembers.get(fact) ?? [])];
      return {
        ...row,
        partOf: headRow.event.id,
        part: fact === place ? "repeat" : "same-fact",
        seenIn: seenIn(row, reporters, rows),
      };
    }
    if (!parts) return row;
    const last = rows[lastOf.get(place) ?? -1];
    return {
      ...row,
      count: 1 + parts.length,
      seenIn: seenIn(row, parts, rows),
      ...(last ? { lastAtNs: last.orderNs } : {}),
    };
  });
}

/**
 * The row that speaks for a fact: one whose time can be believed, then one that a sentence rule knows, then the service's
 * own words (the log line carries ids and context), then the trace's exact place, then the tracker's copy. Of alerts,
 * Alertmanager's has the true start and says whether it was silenced; Prometheus knows only the step.
 */
const SPEAKERS: readonly SourceKind[] = ["loki", "tempo", "sentry", "alertmanager", "prometheus"];

function headOf(fact: readonly number[], rows: readonly TimelineRow[]): number {
  const rank = (place: number) => {
    const row = rows[place];
    if (!row) return Number.MAX_SAFE_INTEGER;
    const doubtful = row.clock?.state === "uncorrectable" ? 100 : 0;
    return doubtful + (row.recognised ? 0 : 10) + SPEAKERS.indexOf(kindOfSource(row.event.source));
  };
  // Members ascend in timeline order, so that the first of equals stays.
  return fact.reduce((best, place) => (rank(place) < rank(best) ? place : best));
}

function seenIn(own: TimelineRow, others: readonly number[], rows: readonly TimelineRow[]): readonly SourceKind[] {
  const first = kindOfSource(own.event.source);
  const found = new Set<SourceKind>();
  for (const place of others) {
    const row = rows[place];
    if (row) found.add(kindOfSource(row.event.source));
  }
  found.delete(first);
  return found.size === 0 ? own.seenIn : [first, ...SOURCE_KINDS.filter((kind) => found.has(kind))];
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
