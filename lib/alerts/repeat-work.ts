/** Work that a process does again and again, one run at a time, until it ends. */
import "server-only";
import { reportError } from "@/lib/platform/report-error";

export interface RepeatedWork {
  /** What is under way is given up; resolves when nothing is. */
  stop(): Promise<void>;
}

/** `area`: what a failed run is reported under. The next run comes all the same. */
export function repeatWork(everyMs: number, area: string, run: (signal: AbortSignal) => Promise<void>): RepeatedWork {
  const stopped = new AbortController();
  let running: Promise<void> | undefined;
  const begin = (): void => {
    if (running || stopped.signal.aborted) return;
    running = run(stopped.signal)
      .catch((error: unknown) => reportError(error, { area, expected: false }))
      .finally(() => (running = undefined));
  };
  const timer = setInterval(begin, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopped.abort();
      await running;
    },
  };
}
