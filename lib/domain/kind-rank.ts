/** Order of kinds at the same nanosecond: what was done comes before what was written about it. One digit each. */
import type { EventKind } from "./timeline-event";

export const KIND_RANK: Readonly<Record<EventKind, number>> = {
  deploy: 0,
  "job-run": 1,
  "staff-action": 2,
  span: 3,
  log: 4,
  error: 5,
  "metric-step": 6,
  alert: 7,
  note: 8,
};
