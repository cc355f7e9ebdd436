/** The whole trace in a few dozen lanes: rows from above to below, time from left to right. Pure. */
import type { PreparedTrace } from "./prepare-trace";

export interface TraceMinimapPaths {
  /** SVG path data in a box of `slices` × `lanes`. */
  readonly spans: string;
  /** Failures that came up from a span below. */
  readonly passedOn: string;
  readonly failed: string;
}

/** Linear in the spans; what falls into one cell is drawn once, so that fifty thousand spans cost no more than fifty. */
export function prepareTraceMinimap(trace: PreparedTrace, slices: number, lanes: number): TraceMinimapPaths {
  const grid = new Uint8Array(slices * lanes);
  const scale = trace.durationUs > 0 ? slices / trace.durationUs : 0;
  const laneOf = (index: number): number =>
    trace.nodes.length <= lanes ? index : Math.floor((index * lanes) / trace.nodes.length);
  trace.nodes.forEach((node, index) => {
    if (!node.row) return;
    const first = Math.min(slices - 1, Math.floor(node.startUs * scale));
    const last = Math.min(slices - 1, Math.max(first, Math.ceil(node.endUs * scale) - 1));
    const from = laneOf(index) * slices;
    // Where spans share a lane, a failure marks its start only: drawn whole it would paint over hundreds of others.
    const what = !node.failed ? SPAN : node.failedBelow > 1 ? PASSED_ON : FAILED;
    const isShared = trace.nodes.length > lanes;
    for (let at = from + first; at <= from + last; at++) {
      grid[at] = Math.max(grid[at] ?? 0, isShared && at > from + first ? SPAN : what);
    }
  });
  const path = (what: number): string => pathOf(grid, slices, lanes, what);
  return { spans: path(SPAN), passedOn: path(PASSED_ON), failed: path(FAILED) };
}

const SPAN = 1;
const PASSED_ON = 2;
const FAILED = 3;

function pathOf(grid: Uint8Array, slices: number, lanes: number, what: number): string {
  const parts: string[] = [];
  for (let lane = 0; lane < lanes; lane++) {
    for (let at = 0; at < slices; at++) {
      if (grid[lane * slices + at] !== what) continue;
      const from = at;
      while (at < slices && grid[lane * slices + at] === what) at++;
      parts.push(`M${String(from)} ${String(lane + 0.5)}H${String(at)}`);
    }
  }
  return parts.join("");
}
