/**
 * Looks each minute whether a source is there whose own history was not taken over yet. Apart from the polls: it may take
 * minutes, and what fires now must not wait for what fired a month ago.
 */
import "server-only";
import { reportError } from "@/lib/platform/report-error";
import { store } from "@/lib/store/open-store";
import { freshTimelineDeps } from "@/lib/timeline/timeline-deps";
import { nudgeDeliveryWorker } from "../delivery-worker";
import { runBackfills } from "./run-backfills";

const LOOK_MS = 60_000;

interface BackfillWorker {
  stop(): Promise<void>;
}

/** Next bundles this file several times into one process; the worker is one. */
const SLOT = Symbol.for("throughline.backfill-worker");
const holder: typeof globalThis & { [SLOT]?: BackfillWorker | undefined } = globalThis;

/** Once per process, at its start. */
export function startBackfillWorker(): void {
  holder[SLOT] ??= createBackfillWorker();
}

/** What is read is given up and begun anew by the next process. */
export async function stopBackfillWorker(): Promise<void> {
  const worker = holder[SLOT];
  holder[SLOT] = undefined;
  await worker?.stop();
}

function createBackfillWorker(): BackfillWorker {
  const stopped = new AbortController();
  let running: Promise<void> | undefined;
  const look = (): void => {
    if (running || stopped.signal.aborted) return;
    running = (async () => {
      const { sources } = await freshTimelineDeps();
      if ((await runBackfills(sources.values(), await store(), stopped.signal)) > 0) nudgeDeliveryWorker();
    })()
      .catch((error: unknown) => reportError(error, { area: "alerts", expected: false }))
      .finally(() => (running = undefined));
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopped.abort();
      await running;
    },
  };
}
