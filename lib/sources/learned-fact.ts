/**
 * What a backend tells about itself, such as how long it keeps data. Asked for at most once an hour, however many fetches
 * want it and however the question ended: it must never cost more than the evidence it explains.
 */
import type { FetchBudget } from "@/lib/domain/evidence-request";
import type { SourceHttpBudget } from "@/lib/platform/source-http";

const HOUR_MS = 3_600_000;
/** Of its own, and not the asker's: who asks first may leave first, and the others wait for the same answer. */
const PATIENCE_MS = 2_000;
const MAX_BYTES = 262_144;

export interface LearnedFact<T> {
  /**
   * The last good answer; asks first when the last time was an hour ago. Waits for an answer that is on its way until the
   * deadline of the fetch or the asker's leave.
   */
  known(budget: Pick<FetchBudget, "deadlineAtMs">, signal: AbortSignal): Promise<T | undefined>;
  /** The last good answer, without asking: for fetches that a source did not answer. */
  remembered(): T | undefined;
}

/** `ask` answers undefined when the backend does not tell, and never rejects. */
export function createLearnedFact<T>(
  ask: (budget: SourceHttpBudget, signal: AbortSignal) => Promise<T | undefined>,
  now: () => number,
): LearnedFact<T> {
  let value: T | undefined;
  let askedAtMs: number | undefined;
  let onItsWay: Promise<void> | undefined;

  async function learn(): Promise<void> {
    const limits = { deadlineAtMs: now() + PATIENCE_MS, maxBytes: MAX_BYTES };
    value = (await ask(limits, new AbortController().signal)) ?? value;
    onItsWay = undefined;
  }

  return {
    async known({ deadlineAtMs }, signal) {
      const isDue = askedAtMs === undefined || now() - askedAtMs >= HOUR_MS;
      if (isDue && !signal.aborted) {
        askedAtMs = now();
        onItsWay = learn();
      }
      if (onItsWay !== undefined) await untilStopped(onItsWay, deadlineAtMs - now(), signal);
      return value;
    },
    remembered: () => value,
  };
}

async function untilStopped(asked: Promise<void>, forMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || forMs <= 0) return;
  // One asker waits in many fetches: a signal of its own for each keeps the listeners of the shared one few.
  const stop = AbortSignal.any([signal, AbortSignal.timeout(Math.min(Math.ceil(forMs), PATIENCE_MS))]);
  const stopped = new Promise<void>((resolve) => stop.addEventListener("abort", () => resolve(), { once: true }));
  await Promise.race([asked, stopped]);
}
