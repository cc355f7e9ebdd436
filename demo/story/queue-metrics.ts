/** Gauges that no span can tell: how long the oldest charge waits, and when the nightly import last succeeded. */
import type { DemoSample } from "../backends/backend";
import { IMPORTED_ORDERS } from "./nightly-import";
import type { StoryPlan } from "./story-plan";

const QUEUE_STUCK_MS = 94_000;

export function gaugesAt(plan: StoryPlan, atMs: number): DemoSample[] {
  const waitedMs = atMs - plan.checkoutAtMs;
  const stuck = waitedMs > 0 && waitedMs < QUEUE_STUCK_MS;
  const importEndedMs = plan.importAtMs + (IMPORTED_ORDERS.count * 800 + 2_000);
  // The run of the night before, until this one has finished.
  const lastSuccessMs = atMs < importEndedMs ? importEndedMs - 24 * 3_600_000 : importEndedMs;
  return [
    {
      labels: {
        __name__: "queue_oldest_message_age_seconds",
        job: "shop",
        queue: "billing.charge",
        service: "payments",
        env: "production",
      },
      atMs,
      value: stuck ? waitedMs / 1000 : 0.4,
    },
    {
      labels: {
        __name__: "job_last_success_timestamp_seconds",
        job: "shop",
        job_name: "nightly-import",
        env: "production",
      },
      atMs,
      value: lastSuccessMs / 1000,
    },
  ];
}
