/** Works through steps while others get their turn: no request waits for more than one step. */
import { setImmediate as othersTurn } from "node:timers/promises";
import type { Steps } from "@/lib/noise/steps";

const TURN_MS = 20;

export async function takeTurns<Result>(steps: Steps<Result>): Promise<Result> {
  let since = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() - since < TURN_MS) continue;
    await othersTurn();
    since = performance.now();
  }
}
