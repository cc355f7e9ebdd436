"use client";

/** A browser preference in React. `server` is what the page is first drawn with. */
import { useSyncExternalStore } from "react";
import type { StoredValue } from "@/lib/client/stored-value";

export function useStoredValue<T>(stored: StoredValue<T>, server: T): T {
  return useSyncExternalStore(stored.subscribe, stored.get, () => server);
}
