/** Where in a window a found trace belongs. Pure. */
import { parseEpochNs, type EpochNs } from "@/lib/domain/epoch-ns";
import { isInWindow, type TimeWindow } from "@/lib/domain/time-window";
import type { FoundTrace } from "./wire";

/**
 * An instant of the window at which a search of any part around it finds the trace again, whether Tempo compares the window
 * with the matching spans or with the whole trace: the start of a matching span, or of the trace, or, for a trace that
 * reaches over the window on both sides, the window's own start.
 */
export function positionOf(trace: FoundTrace, window: TimeWindow): EpochNs {
  const spans = trace.spanSets.flatMap((set) => set.spans).map((span) => span.startTimeUnixNano);
  const known = [...spans, trace.startTimeUnixNano].flatMap((text) => parseEpochNs(text ?? "") ?? []);
  return known.find((at) => isInWindow(window, at)) ?? window.fromNs;
}

/** Newest first, then by id: the order in which Tempo answers changes nothing. */
export function newestFirst(found: ReadonlyMap<string, FoundTrace>, window: TimeWindow): [string, EpochNs][] {
  return [...found]
    .map(([id, trace]): [string, EpochNs] => [id, positionOf(trace, window)])
    .sort(([idA, a], [idB, b]) => (a === b ? (idA < idB ? 1 : -1) : a < b ? 1 : -1));
}
