/** Corrected time, then causality, then fixed tie-breaks. */
import { addNs, type EpochNs } from "@/lib/domain/epoch-ns";
import { KIND_RANK } from "@/lib/domain/kind-rank";
import type { ClockCorrection, TimelineRow } from "@/lib/domain/stitched-timeline";
import type { EvidenceIndex } from "./evidence-index";
import type { JoinResult } from "./join-evidence";
import { linkedProducers, spanAt } from "./linked-producers";
import type { EvidenceRecord } from "./read-records";

/** Rows that are there, by place, with what came before each of them for certain. */
interface Causality {
  readonly rows: readonly TimelineRow[];
  readonly causesOf: (place: number) => readonly number[];
}

const NOT_SEEN = 0;
const UNDER_WAY = 1;
const DONE = 2;

/**
 * In: one row per record, any order. Out: the same rows with their place in time, ascending by (`orderNs`, kind rank,
 * depth, id). A row never stands before its cause: its parent span, the span it was written in, the producer it consumed
 * from. Rows of a clock that cannot be put right keep their own time and push nothing. Linear; parents in a circle are
 * tolerated. Pure; never throws.
 */
export function orderRows(
  rows: readonly TimelineRow[],
  index: EvidenceIndex,
  joined: JoinResult,
  clocks: ReadonlyMap<string, ClockCorrection>,
): TimelineRow[] {
  const dated = clocks.size === 0 ? rows : rows.map((row) => withClock(row, clocks.get(row.event.id)));
  return afterCauses({ rows: dated, causesOf: causes(dated, index, joined) }).sort(compareRows);
}

function withClock(row: TimelineRow, clock: ClockCorrection | undefined): TimelineRow {
  if (!clock) return row;
  return { ...row, clock, orderNs: addNs(row.event.happenedAtNs, clock.offsetNs) };
}

function afterCauses({ rows, causesOf }: Causality): TimelineRow[] {
  const placed = [...rows];
  // The earliest instant at which whatever a row causes may stand. Empty: nothing is known.
  const floors = new Array<EpochNs | "">(rows.length).fill("");
  const states = new Uint8Array(rows.length);
  for (let first = 0; first < rows.length; first++) {
    if (states[first] === DONE) continue;
    const stack = [first];
    for (let place = stack.at(-1); place !== undefined; place = stack.at(-1)) {
      if (states[place] === NOT_SEEN) {
        states[place] = UNDER_WAY;
        for (const cause of causesOf(place)) if (states[cause] === NOT_SEEN) stack.push(cause);
        continue;
      }
      stack.pop();
      if (states[place] === DONE) continue;
      states[place] = DONE;
      settle(place);
    }
  }
  return placed;

  function settle(place: number): void {
    const row = rows[place];
    if (!row) return;
    let floor: EpochNs | "" = "";
    for (const cause of causesOf(place)) {
      const causeRow = rows[cause];
      // Under way means a circle: one of its members has to begin.
      if (states[cause] !== DONE || cause === place || !causeRow) continue;
      const after = justAfter(floors[cause] ?? "", causeRow, row);
      if (after > floor) floor = after;
    }
    const isTrusted = row.clock?.state !== "uncorrectable";
    if (isTrusted && floor !== "" && floor > row.orderNs) placed[place] = { ...row, orderNs: floor, causal: true };
    floors[place] = isTrusted && row.orderNs > floor ? row.orderNs : floor;
  }
}

/** The cause's own instant, or the next nanosecond where the tie-breaks would put the effect first. */
function justAfter(at: EpochNs | "", cause: TimelineRow, effect: TimelineRow): EpochNs | "" {
  return at === "" || compareTies(cause, effect) < 0 ? at : addNs(at, 1n);
}

function causes(
  rows: readonly TimelineRow[],
  index: EvidenceIndex,
  joined: JoinResult,
): (place: number) => readonly number[] {
  const records = rows.map((row) => joined.joined.get(row.event.id)?.record);
  const placeOf = new Map<EvidenceRecord, number>();
  records.forEach((record, place) => {
    if (record?.event.kind === "span") placeOf.set(record, place);
  });
  const none: readonly number[] = [];
  return (place) => {
    const record = records[place];
    if (record?.traceId === undefined || placeOf.size === 0) return none;
    const isSpan = record.event.kind === "span";
    const cause = spanAt(index, record.traceId, isSpan ? record.event.span?.parentSpanId : record.spanId);
    const first = cause && placeOf.get(cause);
    const produced = isSpan ? producersOf(record, index, placeOf) : none;
    if (first === undefined) return produced;
    return produced.length === 0 ? [first] : [first, ...produced];
  };
}

function producersOf(
  record: EvidenceRecord,
  index: EvidenceIndex,
  placeOf: ReadonlyMap<EvidenceRecord, number>,
): readonly number[] {
  return linkedProducers(record, index).flatMap((producer) => placeOf.get(producer) ?? []);
}

function compareRows(a: TimelineRow, b: TimelineRow): number {
  if (a.orderNs !== b.orderNs) return a.orderNs < b.orderNs ? -1 : 1;
  return compareTies(a, b);
}

function compareTies(a: TimelineRow, b: TimelineRow): number {
  const rank = KIND_RANK[a.event.kind] - KIND_RANK[b.event.kind];
  if (rank !== 0) return rank;
  if (a.depth !== b.depth) return a.depth - b.depth;
  return a.event.id < b.event.id ? -1 : a.event.id > b.event.id ? 1 : 0;
}
