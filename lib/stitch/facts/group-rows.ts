/** One row per fact: the same fact seen by several sources, and repeats, stand behind one row. */
import { SOURCE_KINDS, kindOfSource, type SourceKind } from "@/lib/domain/source-id";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import { collapseRepeats } from "./collapse-repeats";
import type { JoinResult } from "../graph/join-evidence";
import { sameFacts } from "./same-fact";

/**
 * In: rows in timeline order. Out: the same rows in the same order, none missing; those behind another name it in
 * `partOf`. Facts come first, then repeats of facts: everything behind one row names that row, and `part` tells why.
 * The sum of `count` over rows without `partOf` is the number of rows. Pure; never throws.
 */
export function groupRows(rows: readonly TimelineRow[], joined: JoinResult): TimelineRow[] {
  const headOf = Int32Array.from(rows, (_, place) => place);
  const factOf = new Map<number, readonly number[]>();
  const factHead = new Map<number, number>();
  for (const fact of sameFacts(rows, joined)) {
    const head = bestSpeaker(fact, rows);
    for (const place of fact) {
      headOf[place] = head;
      factHead.set(place, head);
      factOf.set(place, fact);
    }
  }
  const runs = collapseRepeats(rows, joined, (place) => headOf[place] === place);
  const behind = new Map<number, number[]>();
  const lastOf = new Map<number, number>();
  for (const run of runs) {
    const head = run[0] ?? 0;
    for (const place of run) headOf[place] = head;
    lastOf.set(head, run.at(-1) ?? head);
  }
  for (const [place, head] of factHead) headOf[place] = headOf[head] ?? head;
  headOf.forEach((head, place) => {
    if (head !== place) push(behind, head, place);
  });
  return rows.map((row, place) => {
    const parts = behind.get(place);
    if (parts) return standFor(row, parts, lastOf.get(place), rows);
    const head = rows[headOf[place] ?? place];
    if (!head || head === row) return row;
    const isRepeat = (factHead.get(place) ?? place) === place;
    return {
      ...row,
      partOf: head.event.id,
      part: isRepeat ? "repeat" : "same-fact",
      seenIn: seenIn(row, factOf.get(place) ?? NONE, rows),
    };
  });
}

const NONE: readonly number[] = [];

function standFor(
  row: TimelineRow,
  parts: readonly number[],
  last: number | undefined,
  rows: readonly TimelineRow[],
): TimelineRow {
  const lastAtNs = last === undefined ? undefined : rows[last]?.orderNs;
  const seen = seenIn(row, parts, rows);
  return { ...row, count: 1 + parts.length, seenIn: seen, ...(lastAtNs === undefined ? {} : { lastAtNs }) };
}

/**
 * The row that speaks for a fact: one whose time can be believed, then one that a sentence rule knows, then the service's
 * own words (the log line carries ids and context), then the trace's exact place, then the tracker's copy. Of alerts,
 * Alertmanager's has the true start and says whether it was silenced; Prometheus knows only the step.
 */
const SPEAKERS: readonly SourceKind[] = ["loki", "tempo", "sentry", "alertmanager", "prometheus"];

function bestSpeaker(fact: readonly number[], rows: readonly TimelineRow[]): number {
  const rank = (place: number) => {
    const row = rows[place];
    if (!row) return Number.MAX_SAFE_INTEGER;
    const doubtful = row.clock?.state === "uncorrectable" ? 100 : 0;
    return doubtful + (row.recognised ? 0 : 10) + SPEAKERS.indexOf(kindOfSource(row.event.source));
  };
  // Members ascend in timeline order, so that the first of equals stays.
  return fact.reduce((best, place) => (rank(place) < rank(best) ? place : best));
}

/** In: rows that are seen in their own source only. */
function seenIn(own: TimelineRow, others: readonly number[], rows: readonly TimelineRow[]): readonly SourceKind[] {
  const [first] = own.seenIn;
  let found: Set<SourceKind | undefined> | undefined;
  for (const place of others) {
    const kind = rows[place]?.seenIn[0];
    if (kind !== first) (found ??= new Set()).add(kind);
  }
  return found ? [...own.seenIn, ...SOURCE_KINDS.filter((kind) => found.has(kind))] : own.seenIn;
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
