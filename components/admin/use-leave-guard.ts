"use client";

/** Asks before unsaved work is lost: on links of the page, and on closing or reloading the tab. */
import { useEffect } from "react";

const question = (what: string) => `Your changes to ${what} are not saved. Leave them?`;

export function useLeaveGuard(dirty: boolean, what = "this rule"): void {
  // The browser's own events for leaving a page.
  useEffect(() => {
    if (!dirty) return;
    const onUnload = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
    };
    const onClick = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!link || link.getAttribute("target") === "_blank" || event.metaKey || event.ctrlKey) return;
      if (window.confirm(question(what))) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [dirty, what]);
}
