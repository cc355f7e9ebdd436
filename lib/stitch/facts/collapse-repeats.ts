/** The same thing again and again, told once. What stays apart matters more than what comes together. */
import { epochMs } from "@/lib/domain/epoch-ns";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import type { EventKind, TimelineEvent } from "@/lib/domain/timeline-event";
import type { JoinResult } from "../graph/join-evidence";
import { textShape, type TextShape } from "./text-shape";

const FEWEST = 3;
const LONGEST_PAUSE_MS = 300_000;
/** What people do, and what changes the system, is never one of many, and nothing repeats across it. */
const TURNING_POINTS: ReadonlySet<EventKind> = new Set(["deploy", "staff-action", "note"]);

/**
 * In: rows in timeline order; which of them stand for a fact. Out: places of the rows of each run of at least three,
 * ascending. Rows of a run share kind, service, environment, outcome, words and ids; spans also trace and depth; alerts
 * all labels. No pause in a run is longer than five minutes, and no staff action, deploy or note lies inside.
 */
export function collapseRepeats(
  rows: readonly TimelineRow[],
  joined: JoinResult,
  standsForFact: (place: number) => boolean,
): number[][] {
  const identityOf = identities();
  // The run that is open for each identity, by the place of its last row. Numbers, for there are as many as rows.
  const lastOf = new Map<number, number>();
  const before = new Int32Array(rows.length).fill(-1);
  const lengths = new Uint32Array(rows.length);
  const variants = new Int32Array(rows.length);
  const ends = new Set<number>();
  const variantOf = numbering();
  let chapter = 0;
  rows.forEach((row, place) => {
    if (TURNING_POINTS.has(row.event.kind)) chapter++;
    else if (standsForFact(place)) add(row, place);
  });
  return [...ends].sort((a, b) => a - b).map((end) => placesUpTo(end, before));

  function add(row: TimelineRow, place: number): void {
    const { shape, statuses } = shapeOf(row, joined);
    // When one of these changes, something happened: what follows is another run.
    const variant = variantOf(`${row.event.outcome} ${chapter}${statuses}`);
    const identity = identityOf(row, shape);
    const last = lastOf.get(identity) ?? -1;
    lastOf.set(identity, place);
    variants[place] = variant;
    lengths[place] = 1;
    const lastRow = rows[last];
    if (!lastRow || variants[last] !== variant) return;
    if (epochMs(row.orderNs) - epochMs(lastRow.orderNs) > LONGEST_PAUSE_MS) return;
    before[place] = last;
    lengths[place] = (lengths[last] ?? 0) + 1;
    ends.delete(last);
    if ((lengths[place] ?? 0) >= FEWEST) ends.add(place);
  }
}

function placesUpTo(end: number, before: Int32Array): number[] {
  const places: number[] = [];
  for (let place = end; place >= 0; place = before[place] ?? -1) places.push(place);
  return places.reverse();
}

/** Records are shaped once, when they are read. Context rows, which are few, are in no join. */
function shapeOf({ event }: TimelineRow, joined: JoinResult): TextShape {
  return joined.joined.get(event.id)?.record.shape ?? textShape(event.text ?? event.title);
}

/** One number for rows that would be repeats of each other, outcome and time aside. Numbers cost less than joined texts. */
function identities(): (row: TimelineRow, shape: string) => number {
  const numberOf = numbering();
  const pairs = Array.from({ length: 7 }, pairing);
  return (row, shape) => {
    const { event } = row;
    const traceId = event.kind === "span" ? (event.span?.traceId ?? "") : "";
    const parts = [
      numberOf(row.service?.name ?? ""),
      numberOf(row.environment ?? event.rawEnvironment ?? ""),
      numberOf(event.kind === "alert" ? labelsOf(event) : keysOf(row)),
      (event.context ? 1 : 0) + (row.clock?.state === "uncorrectable" ? 2 : 0),
      numberOf(shape),
      numberOf(traceId),
      traceId === "" ? 0 : row.depth,
    ];
    let identity = numberOf(event.kind);
    for (let i = 0; i < parts.length; i++) identity = pairs[i]?.(identity, parts[i] ?? 0) ?? identity;
    return identity;
  };
}

/** Numbers pairs of numbers below 2^26, which is more than the rows of any timeline. */
function pairing(): (a: number, b: number) => number {
  const numbers = new Map<number, number>();
  return (a, b) => {
    const pair = a * 67_108_864 + b;
    let number = numbers.get(pair);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(pair, number);
    }
    return number;
  };
}

function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    let number = numbers.get(text);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(text, number);
    }
    return number;
  };
}

/** Without keys that name one run: repeats differ in them. */
function keysOf({ keyIds }: TimelineRow): string {
  let only = "";
  for (const id of keyIds) {
    if (id.startsWith("trace:") || id.startsWith("request:") || id.startsWith("span:") || id === only) continue;
    if (only !== "") return allKeysOf(keyIds);
    only = id;
  }
  return only;
}

function allKeysOf(keyIds: readonly string[]): string {
  return [...new Set(keyIds)]
    .filter((id) => !/^(?:trace|request|span):/.test(id))
    .sort()
    .join(" ");
}

function labelsOf(event: TimelineEvent): string {
  return Object.entries(event.attributes)
    .filter(([path]) => path.startsWith("label."))
    .map(([path, value]) => `${path}=${String(value)}`)
    .sort()
    .join(" ");
}
