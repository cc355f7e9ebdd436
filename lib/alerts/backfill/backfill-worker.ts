/**
 * Looks each minute whether a source is there whose own history was not taken over yet. Apart from the polls: it may take
 * minutes, and what fires now must not wait for what fired a month ago.
 */
import "server-only";
import { store } from "@/lib/store/open-store";
import { freshTimelineDeps } from "@/lib/timeline/timeline-deps";
import { nudgeDeliveryWorker } from "../delivery-worker";
import { repeatWork, type RepeatedWork } from "../repeat-work";
import { runBackfills } from "./run-backfills";

const LOOK_MS = 60_000;

/** Next bundles this file several times into one process; the worker is one. */
const SLOT = Symbol.for("throughline.backfill-worker");
const holder: typeof globalThis & { [SLOT]?: RepeatedWork | undefined } = globalThis;

/** Once per process, at its start. */
export function startBackfillWorker(): void {
  holder[SLOT] ??= repeatWork(LOOK_MS, "alerts", async (signal) => {
    const { sources } = await freshTimelineDeps();
    if ((await runBackfills(sources.values(), await store(), signal)) > 0) nudgeDeliveryWorker();
  });
}

/** What is read is given up and begun anew by the next process. */
export async function stopBackfillWorker(): Promise<void> {
  const worker = holder[SLOT];
  holder[SLOT] = undefined;
  await worker?.stop();
}
