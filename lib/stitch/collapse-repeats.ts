/** The same thing again and again, told once. What stays apart matters more than what comes together. */
import { epochMs } from "@/lib/domain/epoch-ns";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import type { EventKind, TimelineEvent } from "@/lib/domain/timeline-event";
import type { JoinResult } from "./join-evidence";
import { textShape } from "./text-shape";

interface Run {
  places: number[];
  lastMs: number;
  /** Outcome and status codes: when they change, something happened. */
  variant: string;
  /** Turning points before it. */
  chapter: number;
}

const FEWEST = 3;
const LONGEST_PAUSE_MS = 300_000;
/** What people do, and what changes the system, is never one of many, and nothing repeats across it. */
const TURNING_POINTS: ReadonlySet<EventKind> = new Set(["deploy", "staff-action", "note"]);
/** Keys that name one run: repeats differ in them. */
const RUN_KEYS = /^(?:trace|request|span):/;

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
  // By words, then by the rest: most rows find a run of the same words at once.
  const open = new Map<string, Map<string, Run>>();
  const runs: Run[] = [];
  let chapter = 0;
  rows.forEach((row, place) => {
    if (TURNING_POINTS.has(row.event.kind)) chapter++;
    else if (standsForFact(place)) add(row, place);
  });
  return runs.filter((run) => run.places.length >= FEWEST).map((run) => run.places);

  function add(row: TimelineRow, place: number): void {
    const { shape, statuses } = joined.joined.get(row.event.id)?.record.shape ?? textShape(row.event.title);
    let sameWords = open.get(shape);
    if (!sameWords) {
      sameWords = new Map();
      open.set(shape, sameWords);
    }
    const id = identityOf(row);
    const variant = row.event.outcome + statuses;
    const atMs = epochMs(row.orderNs);
    const run = sameWords.get(id);
    if (run && run.variant === variant && run.chapter === chapter && atMs - run.lastMs <= LONGEST_PAUSE_MS) {
      run.places.push(place);
      run.lastMs = atMs;
      return;
    }
    const started = { places: [place], lastMs: atMs, variant, chapter };
    sameWords.set(id, started);
    runs.push(started);
  }
}

function identityOf(row: TimelineRow): string {
  const { event } = row;
  const isInDoubt = row.clock?.state === "uncorrectable";
  const at = event.kind === "span" ? `${event.span?.traceId ?? ""}/${row.depth}` : "";
  const labels = event.kind === "alert" ? labelsOf(event) : "";
  const keys = keysOf(row);
  return `${event.kind}\n${row.service?.name ?? ""}\n${row.environment ?? event.rawEnvironment ?? ""}\n${at}\n${labels}\n${event.context}${isInDoubt}\n${keys}`;
}

function keysOf(row: TimelineRow): string {
  const keys = row.keyIds.filter((id) => !RUN_KEYS.test(id));
  return keys.length < 2 ? (keys[0] ?? "") : [...new Set(keys)].sort().join(" ");
}

function labelsOf(event: TimelineEvent): string {
  return Object.entries(event.attributes)
    .filter(([path]) => path.startsWith("label."))
    .map(([path, value]) => `${path}=${String(value)}`)
    .sort()
    .join(" ");
}
