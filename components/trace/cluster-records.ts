/** Dots of records on a bar: those that would overlap become one with a count. Pure. */
import type { TraceRecord } from "./read-trace";
import type { TimeWindowUs } from "./ruler-ticks";

interface RecordCluster {
  /** 0 to 1 inside the window: the first of the cluster. */
  readonly at: number;
  readonly count: number;
  /** One of them is an error. */
  readonly failed: boolean;
}

/** Records: ascending. Those outside the window are left to the list. `leastShare`: how far dots must stand apart. */
export function clusterRecords(
  records: readonly TraceRecord[],
  { fromUs, toUs }: TimeWindowUs,
  leastShare: number,
): RecordCluster[] {
  const clusters: { at: number; count: number; failed: boolean }[] = [];
  for (const { atUs, row } of records) {
    const at = toUs > fromUs ? (atUs - fromUs) / (toUs - fromUs) : 0;
    if (at < 0 || at > 1) continue;
    const last = clusters.at(-1);
    const failed = row.outcome === "error";
    if (!last || at - last.at > leastShare) clusters.push({ at, count: 1, failed });
    else {
      last.count++;
      last.failed ||= failed;
    }
  }
  return clusters;
}
