/** One signal for "the asker left" and "the deadline passed", that can tell which of the two it was. */
import { setMaxListeners } from "node:events";

export interface StopSignal {
  readonly signal: AbortSignal;
  /** Which came first. Only meaningful once `signal` has fired. */
  reason(): "aborted" | "timeout";
  /** Resolves after the wait or when the signal fires. */
  sleep(delayMs: number): Promise<void>;
  /** Frees the timer and the listener. */
  dispose(): void;
}

/** `setTimeout` turns anything above into 1 ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function stopSignal(asker: AbortSignal, remainingMs: number): StopSignal {
  const controller = new AbortController();
  let reason: "aborted" | "timeout" = "timeout";
  const stop = (why: typeof reason) => {
    if (controller.signal.aborted) return;
    reason = why;
    controller.abort();
  };
  const leave = () => stop("aborted");
  // One asker's signal covers all requests of a timeline, far more than the ten after which Node warns of a leak.
  setMaxListeners(0, asker);
  if (asker.aborted) leave();
  else if (!(remainingMs > 0)) stop("timeout");
  asker.addEventListener("abort", leave, { once: true });
  const timer = setTimeout(() => stop("timeout"), Math.min(Math.max(0, remainingMs), LONGEST_TIMER_MS));
  return {
    signal: controller.signal,
    reason: () => reason,
    sleep: (delayMs) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(pause);
          controller.signal.removeEventListener("abort", wake);
          resolve();
        };
        const pause = setTimeout(wake, delayMs);
        if (controller.signal.aborted) wake();
        else controller.signal.addEventListener("abort", wake, { once: true });
      }),
    dispose() {
      clearTimeout(timer);
      asker.removeEventListener("abort", leave);
    },
  };
}
