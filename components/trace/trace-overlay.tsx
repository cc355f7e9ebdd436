"use client";

/** One trace in place of the list. The list stays behind it, where it was; details open beside it. */
import { useEffect, useRef } from "react";
import { Icon } from "../ui/icon";
import { TraceView, type TraceViewProps } from "./trace-view";

export function TraceOverlay({
  onClose,
  ...view
}: Omit<TraceViewProps, "compact" | "aside"> & { onClose: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Focus: the tree takes the keyboard, and the place it was at gets it back.
    const before = document.activeElement;
    box.current?.querySelector<HTMLElement>("[data-trace-tree]")?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
      else document.querySelector<HTMLElement>('[role="listbox"]')?.focus();
    };
  }, []);
  return (
    <div ref={box} className="relative flex min-w-0 flex-1 flex-col bg-bg">
      <TraceView
        {...view}
        compact={false}
        aside={
          <button
            type="button"
            aria-label="Close trace"
            title="Close trace (esc)"
            className="rounded p-1 hover:bg-hover"
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        }
      />
    </div>
  );
}
