/** The shop's cron monitors in Sentry: an import that runs each night, and an export of invoices that misses one run. */
import type { DemoCheckIn, DemoCronMonitor } from "../backends/backend";
import type { StoryPlan } from "./story-plan";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const EXPORT_EVERY_MS = 30 * MINUTE_MS;
const MARGIN_MINUTES = 5;

/** The run expected fourteen minutes before the demo starts does not come; the next one does. */
export function cronMonitors({ importAtMs, startMs }: StoryPlan): DemoCronMonitor[] {
  const missedMs = Math.floor((startMs - 14 * MINUTE_MS) / MINUTE_MS) * MINUTE_MS;
  const exports = [-4, -3, -2, -1, 0, 1, 2, 3].map((run) => missedMs + run * EXPORT_EVERY_MS);
  return [
    {
      ...{ id: "0b5f7c1e-6d0a-4c39-9a54-2f1d8e6b7a10", slug: "invoice-export", name: "Invoice export" },
      ...{ project: "billing-worker", environment: "production", marginMinutes: MARGIN_MINUTES },
      schedule: "*/30 * * * *",
      checkIns: exports.map((atMs) => (atMs === missedMs ? missed(atMs) : good(atMs))),
    },
    {
      ...{ id: "7d21c9a4-3b8f-4f0e-8a6c-5c9e0d4b1f22", slug: "nightly-import", name: "Nightly import" },
      ...{ project: "nightly-import", environment: "production", marginMinutes: MARGIN_MINUTES },
      schedule: "0 2 * * *",
      checkIns: [good(importAtMs - DAY_MS), good(importAtMs)],
    },
  ];
}

function good(atMs: number): DemoCheckIn {
  return { atIso: iso(atMs), status: "ok", expectedIso: iso(atMs) };
}

/** Sentry notes it when the margin is over. */
function missed(expectedMs: number): DemoCheckIn {
  return { atIso: iso(expectedMs + MARGIN_MINUTES * MINUTE_MS), status: "missed", expectedIso: iso(expectedMs) };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
