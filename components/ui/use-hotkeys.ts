"use client";

/** Single keys and short sequences (`t c`) for a page. Never while typing, never with a modifier but the ones named. */
import { useEffect, useRef } from "react";

const SEQUENCE_MS = 1000;

/** Keys as `KeyboardEvent.key` says them: `j`, `[`, `ArrowDown`, `Escape`, `?`, `mod+k`, `t c`. */
export type Hotkeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

export function useHotkeys(hotkeys: Hotkeys, enabled = true): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  useEffect(() => {
    if (!enabled) return;
    let previous = { key: "", atMs: 0 };
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey) return;
      const modified = event.metaKey || event.ctrlKey;
      if (!modified && (isTyping(event.target) || isPressing(event))) return;
      const key = modified ? `mod+${event.key.toLowerCase()}` : event.key;
      const sequence = event.timeStamp - previous.atMs < SEQUENCE_MS ? `${previous.key} ${key}` : "";
      previous = { key, atMs: event.timeStamp };
      const run = latest.current[sequence] ?? latest.current[key];
      if (!run) return;
      event.preventDefault();
      run(event);
    };
    // The window, so that the page answers wherever the focus is.
    window.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", listen);
    };
  }, [enabled]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) ||
    // An open dialog or menu owns the keyboard.
    target.closest('[role="dialog"],[role="menu"]') !== null
  );
}

/** Enter on a focused button or link presses it and does nothing else. */
function isPressing(event: KeyboardEvent): boolean {
  return event.key === "Enter" && event.target instanceof Element && event.target.closest("button,a,summary") !== null;
}
