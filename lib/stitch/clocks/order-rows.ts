/** Corrected time, then causality, then fixed tie-breaks. */
import { addNs, type EpochNs } from "@/lib/domain/epoch-ns";
import { KIND_RANK } from "@/lib/domain/kind-rank";
import type { ClockCorrection, TimelineRow } from "@/lib/domain/stitched-timeline";
import type { EvidenceIndex } from "../graph/evidence-index";
import type { JoinResult } from "../graph/join-evidence";
import { linkedProducers, NO_RECORDS, spanAt } from "./linked-producers";
import type { EvidenceRecord } from "../read-records";

/** What came before each row for certain, by place. */
interface Causes {
  /** The parent span, or the span in which it was written; -1: none that is there. */
  readonly first: Int32Array;
  /** Producers of messages. */
  readonly further: ReadonlyMap<number, readonly number[]>;
}

const NONE: readonly number[] = [];
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
  return afterCauses(dated, findCauses(dated, index, joined)).sort(compareRows);
}

function withClock(row: TimelineRow, clock: ClockCorrection | undefined): TimelineRow {
  if (!clock) return row;
  return { ...row, clock, orderNs: addNs(row.event.happenedAtNs, clock.offsetNs) };
}

function afterCauses(rows: readonly TimelineRow[], causes: Causes): TimelineRow[] {
  const placed = [...rows];
  // The earliest instant at which whatever a row causes may stand. Empty: nothing is known.
  const floors = new Array<EpochNs | "">(rows.length).fill("");
  const states = new Uint8Array(rows.length);
  const stack: number[] = [];
  for (let start = 0; start < rows.length; start++) {
    if (states[start] === DONE) continue;
    stack.push(start);
    for (let place = stack.at(-1); place !== undefined; place = stack.at(-1)) {
      if (states[place] === NOT_SEEN) {
        states[place] = UNDER_WAY;
        const first = causes.first[place] ?? -1;
        if (first >= 0 && states[first] === NOT_SEEN) stack.push(first);
        for (const cause of causes.further.get(place) ?? NONE) if (states[cause] === NOT_SEEN) stack.push(cause);
        continue;
      }
      stack.pop();
      if (states[place] === DONE) continue;
      settle(place);
      states[place] = DONE;
    }
  }
  return placed;

  function settle(place: number): void {
    const row = rows[place];
    if (!row) return;
    let floor = floorUnder(row, causes.first[place] ?? -1);
    for (const cause of causes.further.get(place) ?? NONE) {
      const other = floorUnder(row, cause);
      if (other > floor) floor = other;
    }
    const isTrusted = row.clock?.state !== "uncorrectable";
    if (isTrusted && floor !== "" && floor > row.orderNs) placed[place] = { ...row, orderNs: floor, causal: true };
    floors[place] = isTrusted && row.orderNs > floor ? row.orderNs : floor;
  }

  function floorUnder(row: TimelineRow, cause: number): EpochNs | "" {
    const causeRow = rows[cause];
    // Still under way means a circle: one of its members has to begin.
    return causeRow && states[cause] === DONE ? justAfter(floors[cause] ?? "", causeRow, row) : "";
  }
}

/** The cause's own instant, or the next nanosecond where the tie-breaks would put the effect first. */
function justAfter(at: EpochNs | "", cause: TimelineRow, effect: TimelineRow): EpochNs | "" {
  return at === "" || compareTies(cause, effect) < 0 ? at : addNs(at, 1n);
}

function findCauses(rows: readonly TimelineRow[], index: EvidenceIndex, joined: JoinResult): Causes {
  const records = rows.map((row) => joined.joined.get(row.event.id)?.record);
  const first = new Int32Array(rows.length).fill(-1);
  const further = new Map<number, readonly number[]>();
  const placeOf = new Map<EvidenceRecord, number>();
  records.forEach((record, place) => {
    if (record?.event.kind === "span") placeOf.set(record, place);
  });
  if (placeOf.size === 0) return { first, further };
  records.forEach((record, place) => {
    if (record?.traceId === undefined) return;
    const isSpan = record.event.kind === "span";
    const cause = spanAt(index, record.traceId, isSpan ? record.event.span?.parentSpanId : record.spanId);
    if (cause && cause !== record) first[place] = placeOf.get(cause) ?? -1;
    const producers = isSpan ? linkedProducers(record, index) : NO_RECORDS;
    if (producers.length > 0)
      further.set(
        place,
        producers.flatMap((producer) => placeOf.get(producer) ?? []),
      );
  });
  return { first, further };
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
