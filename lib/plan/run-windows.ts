/** Where to look for healthy runs of a workflow: near in time first, then the same time of day, then the week. Pure. */
import { addNs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { HealthyPick } from "@/lib/domain/run-comparison";
import type { TimeWindow } from "@/lib/domain/time-window";

export interface RunWindow {
  readonly name: HealthyPick["searched"][number];
  readonly window: TimeWindow;
}

const HOUR_NS = 3_600_000_000_000n;
const DAY_NS = 24n * HOUR_NS;

/** In: when the run in question started. In the order in which to search; the first that holds a healthy run is enough. */
export function runWindows(startedAtNs: EpochNs): RunWindow[] {
  const around = (at: EpochNs): TimeWindow => ({ fromNs: addNs(at, -HOUR_NS), toNs: addNs(at, HOUR_NS) });
  return [
    { name: "same-hour", window: around(startedAtNs) },
    { name: "day-before", window: around(addNs(startedAtNs, -DAY_NS)) },
    { name: "last-week", window: { fromNs: addNs(startedAtNs, -7n * DAY_NS), toNs: startedAtNs } },
  ];
}
