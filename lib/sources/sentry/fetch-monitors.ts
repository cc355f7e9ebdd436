/** All cron monitors of an organisation, page by page, one question at a time. */
import "server-only";
import type { SentryClient, SentryFailure } from "./client";
import { monitorParameters } from "./query";
import type { SentryMonitor } from "./wire";

/** 2,000 monitors. */
const MAX_PAGES = 20;

export type MonitorList =
  | {
      readonly ok: true;
      readonly monitors: readonly SentryMonitor[];
      /** Rows that are no cron monitors as this version knows them. */
      readonly skipped: number;
    }
  | { readonly ok: false; readonly failure: SentryFailure | { readonly kind: "too-large" } };

/** Never half a list. `paced` waits for its turn before each question. */
export async function fetchMonitors(client: SentryClient, paced: () => Promise<void>): Promise<MonitorList> {
  // A page may repeat what came before, when a monitor was added meanwhile.
  const monitors = new Map<string, SentryMonitor>();
  let skipped = 0;
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    await paced();
    const answer = await client.monitors(monitorParameters(cursor));
    if (!answer.ok) return { ok: false, failure: answer.failure };
    for (const monitor of answer.value) monitors.set(monitor.id, monitor);
    skipped += answer.skippedRows;
    cursor = answer.cursor;
    if (cursor === undefined) return { ok: true, monitors: [...monitors.values()], skipped };
  }
  return { ok: false, failure: { kind: "too-large" } };
}
