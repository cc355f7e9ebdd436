/**
 * Takes over what sources remember from before anybody listened: once per source, up to `backfillDays`. What somebody told is kept as
 * it was told. Running it again changes nothing.
 */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import type { FiringHistory } from "@/lib/domain/firing-history";
import { log } from "@/lib/platform/log";
import { reportError } from "@/lib/platform/report-error";
import type { ClaimedBackfill } from "@/lib/store/backfill-repository";
import type { Store } from "@/lib/store/open-store";
import { BACKFILL_KIND, backfillBody } from "./to-sightings";
import { untoldFires } from "./untold-fires";

const DAY_MS = 24 * 3_600_000;
/** Longer than any try takes; whoever died in it is succeeded then. */
const CLAIM_MS = 15 * 60_000;
const RETRY_MS = 30 * 60_000;
const MOST_TRIES = 4;
/** So that one transaction of the worker stays short. */
const FIRES_PER_DELIVERY = 200;

/** A source that may remember. */
export interface RememberingSource {
  readonly id: string;
  firingHistory?(
    range: { readonly fromMs: number; readonly toMs: number },
    signal: AbortSignal,
  ): Promise<FiringHistory>;
}

type BackfillStore = Pick<Store, "backfills" | "deliveries">;

/** One after the other. Never throws; a failed one is tried again later. Resolves with how many fires were new. */
export async function runBackfills(
  sources: Iterable<RememberingSource>,
  store: BackfillStore,
  signal: AbortSignal,
  now: () => Date = () => new Date(),
): Promise<number> {
  let taken = 0;
  const { backfillDays } = configuration().alerts;
  if (backfillDays === 0) return 0;
  for (const source of sources) {
    if (signal.aborted || !source.firingHistory) continue;
    try {
      const at = now();
      const range = { from: new Date(at.getTime() - backfillDays * DAY_MS), to: at };
      const claimed = await store.backfills.claim(source.id, range, at, new Date(at.getTime() + CLAIM_MS));
      if (claimed) taken += await takeOver(source, claimed, store, signal, now);
    } catch (error) {
      reportError(error, { area: "alerts", expected: false });
    }
  }
  return taken;
}

async function takeOver(
  source: RememberingSource,
  { from, to, attempt }: ClaimedBackfill,
  store: BackfillStore,
  signal: AbortSignal,
  now: () => Date,
): Promise<number> {
  const history = await source.firingHistory?.({ fromMs: from.getTime(), toMs: to.getTime() }, signal);
  // What was read until the end of the process is read again by the next one.
  if (!history || signal.aborted) return 0;
  const fires = await untold(history, store);
  for (let first = 0; first < fires.length; first += FIRES_PER_DELIVERY) {
    const body = backfillBody(fires.slice(first, first + FIRES_PER_DELIVERY));
    await store.deliveries.record({ kind: BACKFILL_KIND, source: source.id, body, receivedAt: now() });
  }
  const isWhole = !history.gaps.some(({ why }) => why === "unreadable");
  const settledAt = now();
  const nextAt = isWhole || attempt >= MOST_TRIES ? null : new Date(settledAt.getTime() + attempt * RETRY_MS);
  await store.backfills.settle(source.id, { ...history, fires: fires.length }, settledAt, nextAt);
  const counts = { fires: fires.length, known: history.fires.length - fires.length, gaps: history.gaps.length };
  log("alerts").info({ source: source.id, attempt, finished: nextAt === null, ...counts }, "history was taken over");
  return fires.length;
}

async function untold({ fires }: FiringHistory, { backfills }: BackfillStore) {
  if (fires.length === 0) return [];
  const { replicaLabels, valueLabels } = configuration().alerts;
  const names = [...new Set(fires.map(({ labels }) => labels["alertname"] ?? ""))];
  const from = fires.reduce((first, { startsAtMs }) => Math.min(first, startsAtMs), Infinity);
  const to = fires.reduce((last, { endsAtMs }) => Math.max(last, endsAtMs), 0);
  const known = await backfills.knownFires(names, new Date(from), new Date(to));
  return untoldFires(fires, known, new Set([...replicaLabels, ...valueLabels]));
}
