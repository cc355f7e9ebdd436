/** Who the story is about and when each part happens, counted from the instant the demo starts. */

export const PLANTED_ORDER = { order: "48192", account: "acct_2077" } as const;
export const REJECTED_ORDER = { order: "48207", account: "acct_1029" } as const;
export const SLOW_ORDER = { order: "48231", account: "acct_1777" } as const;
export const NEW_SHIPPING_METHOD = "express_locker";

/** The blast radius: other orders with the same method. `afterMs` counts from the planted staff change. */
export const OTHER_LOCKER_ORDERS = [
  { order: "48311", account: "acct_2210", afterMs: 25_000, looksEveryS: 31, staff: "j.brandt" },
  { order: "48326", account: "acct_2318", afterMs: 70_000, looksEveryS: 41, staff: "s.okafor" },
  { order: "48340", account: "acct_2402", afterMs: 130_000, looksEveryS: 53, staff: "l.moreau" },
] as const;

export interface StoryPlan {
  readonly seed: string;
  readonly startMs: number;
  readonly historyFromMs: number;
  readonly importAtMs: number;
  readonly checkoutAtMs: number;
  readonly slowFromMs: number;
  readonly slowToMs: number;
  readonly deployAtMs: number;
  /** The staff change of the planted order. */
  readonly shippingAtMs: number;
}

export const SCRAPE_EVERY_MS = 15_000;
const MINUTE_MS = 60_000;

/**
 * The staff change lies ten seconds after a scrape, so the failure three seconds later is counted by the next one and
 * the rule, which waits 30 s, fires about half a minute after the failure.
 */
export function planStory(seed: string, startMs: number): StoryPlan {
  const grid = Math.floor(startMs / SCRAPE_EVERY_MS) * SCRAPE_EVERY_MS;
  return {
    seed,
    startMs,
    historyFromMs: grid - 75 * MINUTE_MS,
    importAtMs: grid - 41 * MINUTE_MS,
    checkoutAtMs: grid - 31 * MINUTE_MS,
    slowFromMs: grid - 23 * MINUTE_MS,
    slowToMs: grid - 18 * MINUTE_MS,
    deployAtMs: grid - 15 * MINUTE_MS,
    shippingAtMs: grid - 12 * MINUTE_MS + 10_000,
  };
}
