/**
 * Works the table of deliveries: at once after one was stored, and every two seconds for what other processes left. Any number
 * of processes may; each delivery is taken by one.
 */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import { compileCanonicalNames } from "@/lib/normalize/canonical-names";
import { log } from "@/lib/platform/log";
import { reportError } from "@/lib/platform/report-error";
import { store, type Store } from "@/lib/store/open-store";
import { hookRoutes } from "./find-hook";
import { processDeliveries, type ProcessingRules } from "./process-deliveries";
import { PROCESSORS } from "./processors";

const SWEEP_MS = 2_000;
/** Processed in one transaction: it costs little more than one of them. */
const TOGETHER = 20;
/** Pages of so long ago are given to their episodes anew: those may have moved. */
const REMATCH_MS = 3 * 24 * 3_600_000;

interface DeliveryWorker {
  /** Something is waiting. */
  nudge(): void;
  /** Takes nothing any more; resolves when what is under way is finished. */
  stop(): Promise<void>;
}

/** Next bundles this file several times into one process; the worker is one. */
const SLOT = Symbol.for("throughline.delivery-worker");
const holder: typeof globalThis & { [SLOT]?: DeliveryWorker | undefined } = globalThis;

/** Once per process, at its start. */
export function startDeliveryWorker(): void {
  holder[SLOT] ??= createDeliveryWorker(async (isStopped) => drainDeliveries(await store(), isStopped));
}

/** Resolves when what is under way is finished; nothing else is begun. */
export async function stopDeliveryWorker(): Promise<void> {
  const worker = holder[SLOT];
  holder[SLOT] = undefined;
  await worker?.stop();
}

/** Without a worker in this process the next sweep of another one finds it. */
export function nudgeDeliveryWorker(): void {
  holder[SLOT]?.nudge();
}

/** One run at a time; a nudge during a run makes another one. */
function createDeliveryWorker(run: (isStopped: () => boolean) => Promise<void>): DeliveryWorker {
  let running: Promise<void> | undefined;
  let isNudged = false;
  let isStopped = false;
  const nudge = (): void => {
    isNudged = true;
    if (running || isStopped) return;
    running = (async () => {
      while (isNudged && !isStopped) {
        isNudged = false;
        await run(() => isStopped).catch((error: unknown) => reportError(error, { area: "alerts", expected: false }));
      }
      running = undefined;
    })();
  };
  const timer = setInterval(nudge, SWEEP_MS);
  timer.unref();
  return {
    nudge,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** Until nothing waits. What fails is put off and does not hold up the others. */
export async function drainDeliveries(
  opened: Pick<Store, "deliveries" | "alertHooks" | "onCall">,
  isStopped: () => boolean = () => false,
  now: () => Date = () => new Date(),
): Promise<void> {
  const kinds = [...PROCESSORS.keys()];
  const rules = await processingRules(opened);
  let isWorked = false;
  let oneByOne = 0;
  while (!isStopped()) {
    const most = oneByOne > 0 ? 1 : TOGETHER;
    const result = await opened.deliveries.processNext(kinds, now(), most, (deliveries, work) =>
      processDeliveries(deliveries, work, rules),
    );
    if (result.state === "idle") break;
    oneByOne = Math.max(0, oneByOne - 1);
    if (result.state === "done") isWorked = true;
    // Which of them it was shows when each is tried alone.
    else if (result.ids.length > 1) oneByOne = result.ids.length;
    else {
      log("alerts").warn({ delivery: String(result.ids[0]) }, "a delivery could not be processed and waits");
      reportError(result.error, { area: "alerts", expected: false });
    }
  }
  // Pages and the alerts that they are about come by different ways, in any order.
  if (isWorked) await opened.onCall.match(new Date(now().getTime() - REMATCH_MS));
}

/** What stands in the file cannot change while the process lives; hooks of the page can. */
async function processingRules(opened: Pick<Store, "alertHooks">): Promise<ProcessingRules> {
  const { alerts: settings, noise, services, environments } = configuration();
  const routes = await hookRoutes(opened);
  return {
    ...{ processors: PROCESSORS, settings, routeOf: (source: string) => routes.get(source) ?? "unknown" },
    history: {
      names: compileCanonicalNames(services, environments),
      replicaLabels: settings.replicaLabels,
      episodeGapMinutes: noise.episodeGapMinutes,
    },
  };
}
