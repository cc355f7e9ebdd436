/** Bounds what one source may have in flight and waiting, so that a slow one cannot take all sockets and memory. */
export interface Bulkhead {
  /**
   * Resolves with `release` when a slot is free, with `"busy"` at once when the queue is full, or with `"stopped"` when
   * `signal` fires first. First come, first served. Never rejects.
   */
  acquire(signal: AbortSignal): Promise<(() => void) | "busy" | "stopped">;
}

export function createBulkhead(limits: { readonly inFlight: number; readonly queued: number }): Bulkhead {
  let inFlight = 0;
  const waiting: (() => void)[] = [];

  const release = () => {
    const next = waiting.shift();
    // The slot passes straight on, otherwise a newcomer could overtake the queue.
    if (next === undefined) inFlight -= 1;
    else next();
  };
  const releaseOnce = () => {
    let released = false;
    return () => {
      if (!released) release();
      released = true;
    };
  };

  return {
    acquire(signal) {
      if (signal.aborted) return Promise.resolve("stopped");
      if (inFlight < limits.inFlight) {
        inFlight += 1;
        return Promise.resolve(releaseOnce());
      }
      if (waiting.length >= limits.queued) return Promise.resolve("busy");
      return new Promise((resolve) => {
        const start = () => {
          signal.removeEventListener("abort", leave);
          resolve(releaseOnce());
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(start), 1);
          resolve("stopped");
        };
        waiting.push(start);
        signal.addEventListener("abort", leave, { once: true });
      });
    },
  };
}
