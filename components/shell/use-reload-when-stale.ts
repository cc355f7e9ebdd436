"use client";

/**
 * What a page shows was made for one person in one role. Brought back by the Back button out of the browser's memory, or left
 * open while another tab signs out, it must be asked for again.
 */
import { useEffect } from "react";
import { onIdentityChange } from "@/lib/client/identity-change";

export function useReloadWhenStale(): void {
  // Outside React: the browser's page cache and its other tabs.
  useEffect(() => {
    const reload = (): void => {
      // Until the answer is there nothing of the former person stays in sight.
      document.documentElement.style.visibility = "hidden";
      window.location.reload();
    };
    const onShow = (event: PageTransitionEvent): void => {
      if (event.persisted) reload();
    };
    window.addEventListener("pageshow", onShow);
    const stopListening = onIdentityChange(reload);
    return () => {
      window.removeEventListener("pageshow", onShow);
      stopListening();
    };
  }, []);
}
