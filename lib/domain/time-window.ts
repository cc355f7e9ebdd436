/** A half-open range of time: `from` is inside, `to` is not. */
import type { EpochNs } from "./epoch-ns";

export interface TimeWindow {
  readonly fromNs: EpochNs;
  readonly toNs: EpochNs;
}

export function isInWindow(window: TimeWindow, at: EpochNs): boolean {
  return at >= window.fromNs && at < window.toNs;
}
