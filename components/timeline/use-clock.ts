"use client";

/** The time, again every second. */
import { useEffect, useState } from "react";

/** Milliseconds since 1970. Stands still when `running` is false. */
export function useClock(running: boolean): number {
  const [nowMs, setNowMs] = useState(Date.now);
  // Outside React: the clock.
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => {
      setNowMs(Date.now());
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, [running]);
  return nowMs;
}
