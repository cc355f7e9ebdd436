"use client";

/**
 * Keeps the row that the reader looks at, or points at, where it is while rows arrive above it: measured before, corrected
 * after, in the same frame. The browser's own scroll anchoring cannot see rows that are positioned absolutely.
 */
import { useLayoutEffect, useRef, type RefObject } from "react";
import type { EventView } from "@/lib/contract/event-view";

interface Anchor {
  readonly id: string;
  /** Scroll position below the top of the anchor row. */
  readonly deltaPx: number;
  /** Where the page was then: when it is elsewhere now, somebody scrolled on purpose and is not taken back. */
  readonly scrollTopPx: number;
}

export function useRowAnchor(
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  rows: readonly EventView[],
  rowHeightPx: number,
): { readonly remember: () => void; readonly holdUnderPointer: (clientY: number | undefined) => void } {
  const anchor = useRef<Anchor | null>(null);
  const pointerY = useRef<number>(undefined);

  const remember = (): void => {
    const [box, body] = [scroller.current, list.current];
    if (!box || !body) return;
    const top = box.scrollTop - body.offsetTop;
    // At the very top the reader waits for the beginning: new first rows may push the others down.
    const pointedPx = pointerY.current === undefined ? undefined : pointerY.current - box.getBoundingClientRect().top;
    const index = Math.max(
      0,
      pointedPx === undefined ? Math.ceil(top / rowHeightPx) : Math.floor((top + pointedPx) / rowHeightPx),
    );
    const row = top > 0 || pointedPx !== undefined ? rows[index] : undefined;
    anchor.current = row ? { id: row.id, deltaPx: top - index * rowHeightPx, scrollTopPx: box.scrollTop } : null;
  };

  // Layout: after every redraw, because what stands above the list grows as well as the list itself.
  useLayoutEffect(() => {
    const [box, body] = [scroller.current, list.current];
    const kept = anchor.current;
    if (box && body && kept && Math.abs(box.scrollTop - kept.scrollTopPx) < 1) {
      const index = rows.findIndex((row) => row.id === kept.id);
      const wanted = body.offsetTop + index * rowHeightPx + kept.deltaPx;
      if (index >= 0 && Math.abs(box.scrollTop - wanted) >= 1) box.scrollTop = wanted;
    }
    remember();
  });

  const holdUnderPointer = (clientY: number | undefined): void => {
    pointerY.current = clientY;
    remember();
  };
  return { remember, holdUnderPointer };
}
