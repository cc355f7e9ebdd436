/** Who called whom among the joined spans. */
import type { ServiceCall, TimelineRow } from "@/lib/domain/stitched-timeline";

export function serviceCalls(_rows: readonly TimelineRow[]): ServiceCall[] {
  return [];
}
