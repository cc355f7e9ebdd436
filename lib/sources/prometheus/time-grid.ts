/** Steps of range queries. The server does not align; aligned steps make repeated questions agree and cacheable. */
import { epochMs } from "@/lib/domain/epoch-ns";
import type { TimeWindow } from "@/lib/domain/time-window";

const STEPS_S = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
const MAX_POINTS = 240;

/** Both ends inclusive, both multiples of `stepS`; seconds since 1970. */
export interface TimeGrid {
  readonly startS: number;
  readonly endS: number;
  readonly stepS: number;
}

/** At most 240 points inside the window; at least one, which then lies just before it. */
export function timeGrid(window: TimeWindow): TimeGrid {
  const spanS = (epochMs(window.toNs) - epochMs(window.fromNs)) / 1000;
  const stepS =
    STEPS_S.find((step) => spanS / step <= MAX_POINTS - 1) ?? Math.ceil(spanS / (MAX_POINTS - 1) / 86_400) * 86_400;
  return gridOfStep(window, stepS);
}

export function gridOfStep(window: TimeWindow, stepS: number): TimeGrid {
  const endS = Math.floor(epochMs(window.toNs) / 1000 / stepS) * stepS;
  const startS = Math.ceil(epochMs(window.fromNs) / 1000 / stepS) * stepS;
  return { startS: Math.min(startS, endS), endS, stepS };
}

/** Cuts a grid into pieces of at most `points`, newest piece first. */
export function gridChunks(grid: TimeGrid, points: number): TimeGrid[] {
  const chunks: TimeGrid[] = [];
  for (let endS = grid.endS; endS >= grid.startS; endS -= points * grid.stepS) {
    chunks.push({ startS: Math.max(grid.startS, endS - (points - 1) * grid.stepS), endS, stepS: grid.stepS });
  }
  return chunks;
}
