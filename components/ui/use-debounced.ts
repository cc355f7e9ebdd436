"use client";

/** A value once it has rested. */
import { useEffect, useState } from "react";

export function useDebounced<T>(value: T, restMs: number): T {
  const [rested, setRested] = useState(value);
  // The browser's clock.
  useEffect(() => {
    const timer = setTimeout(() => {
      setRested(value);
    }, restMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value, restMs]);
  return rested;
}
