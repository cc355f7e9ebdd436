/** Three months of alerts into a running product, once for each data folder, and the rest of this month as it comes. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { monthsUntil } from "../months/months-until";
import type { DemoAccounts } from "./demo-accounts";
import { hookOf, type DemoHooks } from "./demo-hooks";
import type { ProductDoor } from "./product-door";
import { countFires, reviewMonths } from "./review-months";
import { tellMonths } from "./tell-months";

const LOOK_EVERY_MS = 1_000;
const CALM_LOOKS = 4;
/** Some 400 fires a month: what a start can wait for. */
const VOLUME = 0.3;
const LATER_EVERY_MS = 10_000;
const PATIENCE_MS = 120_000;

export interface PlayMonths {
  readonly door: ProductDoor;
  readonly hooks: DemoHooks;
  readonly tokens: DemoAccounts["tokens"];
  readonly dataDir: string;
  readonly seed: string;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Resolves when all that is past was told, worked through and reviewed. */
export async function playMonths(how: PlayMonths): Promise<void> {
  const { door, hooks, tokens, say, signal } = how;
  const nowMs = Date.now();
  const file = path.join(how.dataDir, "demo-months.json");
  const sinceMs = toldUntil(file);
  const all = monthsUntil(how.seed, nowMs, VOLUME);
  say("Telling three months of alerts …");
  await tellMonths({ door, hooks, sinceMs }, all);
  const review = { door, tokens, nowMs };
  await workedThrough(() => countFires(review, all.months), signal);
  if (sinceMs === 0) await reviewMonths(review, all);
  writeFileSync(file, JSON.stringify({ toldUntilMs: nowMs }), { mode: 0o600 });
  say(`Three months of alerts are told (${((Date.now() - nowMs) / 1_000).toFixed(1)} s).`);
  let later = [...all.later];
  const tick = setInterval(() => {
    const due = later.filter(({ atMs }) => atMs <= Date.now());
    later = later.filter((one) => !due.includes(one));
    for (const { receiver, body } of due) void door.post(hookOf(hooks, receiver), body).catch(() => undefined);
  }, LATER_EVERY_MS);
  signal.addEventListener("abort", () => clearInterval(tick), { once: true });
}

/** Waits until the product has read what was delivered: it takes deliveries at once and reads them one by one. */
async function workedThrough(count: () => Promise<number>, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let before = 0, calm = 0; calm < CALM_LOOKS;) {
    if (performance.now() > deadline) throw new Error("The months of alerts were not read in time.");
    const known = await count();
    calm = known > 0 && known === before ? calm + 1 : 0;
    before = known;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

function toldUntil(file: string): number {
  try {
    return z.object({ toldUntilMs: z.number() }).parse(JSON.parse(readFileSync(file, "utf8"))).toldUntilMs;
  } catch {
    // Absent at the first start.
    return 0;
  }
}
