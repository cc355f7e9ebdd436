"use client";

/** Fifty thousand rows as some sixty elements. The list is one tab stop; the cursor inside it is the selected row. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type MouseEvent, type RefObject } from "react";
import { EventRow, type RowLook } from "./event-row";
import { isPartsNote } from "./parts-note";
import type { ListItem } from "./prepare-list";
import { useRowAnchor } from "./use-row-anchor";

export function rowHeightPx(look: Pick<RowLook, "story" | "narrow">): number {
  if (look.narrow) return 64;
  return look.story ? 36 : 28;
}

export function RowList({
  items,
  look,
  selectedId,
  detailOpen,
  onOpen,
  onToggle,
  scroller,
}: {
  items: readonly ListItem[];
  look: RowLook;
  selectedId: string;
  /** An opened detail narrows the page, which may push the cursor out of sight. */
  detailOpen: boolean;
  onOpen: (id: string) => void;
  /** Shows or hides the further records of a row. */
  onToggle: (id: string) => void;
  /** The element that scrolls the page. */
  scroller: RefObject<HTMLElement | null>;
}) {
  const rows = useMemo(() => items.map(({ row }) => row), [items]);
  const list = useRef<HTMLDivElement>(null);
  const [marginPx, setMarginPx] = useState(0);
  const heightPx = rowHeightPx(look);
  const { remember, holdUnderPointer } = useRowAnchor(scroller, list, rows, heightPx);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer is read afresh on every render
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => heightPx,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    scrollMargin: marginPx,
  });

  // eslint-disable-next-line react-hooks/exhaustive-deps -- measured after every redraw; settles at once
  useLayoutEffect(() => {
    // Layout: what stands above the list grows while sources answer.
    const top = list.current?.offsetTop ?? 0;
    if (top !== marginPx) setMarginPx(top);
  });
  useLayoutEffect(() => {
    virtualizer.measure();
  }, [heightPx, virtualizer]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    box.addEventListener("scroll", remember, { passive: true });
    return () => {
      box.removeEventListener("scroll", remember);
    };
  }, [scroller, remember]);

  const selectedIndex = selectedId === "" ? -1 : rows.findIndex((row) => row.id === selectedId);
  const isHere = selectedIndex >= 0;
  const latestIndex = useRef(selectedIndex);
  useEffect(() => {
    latestIndex.current = selectedIndex;
  });
  useEffect(() => {
    // Scrolling: when the cursor moves, or when the row that a link names arrives; never because rows came above it.
    if (isHere) bringIntoSight(scroller.current, list.current, latestIndex.current, heightPx);
  }, [selectedId, isHere, detailOpen, heightPx, scroller]);
  const touched = useRef(false);
  useEffect(() => {
    // Scrolling: the row that a link names stays in sight while sources answer, until the reader takes over.
    if (isHere && !touched.current) bringIntoSight(scroller.current, list.current, selectedIndex, heightPx);
  }, [isHere, selectedIndex, marginPx, heightPx, scroller]);
  useEffect(() => {
    const touch = (): void => {
      touched.current = true;
    };
    const signs = ["wheel", "touchmove", "pointerdown", "keydown"] as const;
    for (const sign of signs) window.addEventListener(sign, touch, { passive: true, once: true });
    return () => {
      for (const sign of signs) window.removeEventListener(sign, touch);
    };
  }, []);

  return (
    <div
      ref={list}
      role="listbox"
      aria-label={`Timeline, ${rows.length.toLocaleString("en")} rows`}
      tabIndex={0}
      aria-activedescendant={isHere ? optionId(selectedId) : undefined}
      className="self-anchored relative w-full"
      style={{ height: virtualizer.getTotalSize() }}
      onPointerMove={({ clientY }) => {
        holdUnderPointer(clientY);
      }}
      onPointerLeave={() => {
        holdUnderPointer(undefined);
      }}
    >
      {virtualizer.getVirtualItems().map((item) => {
        const shown = items[item.index];
        if (!shown) return null;
        const { row, ...place } = shown;
        return (
          <div
            key={item.key}
            id={optionId(row.id)}
            role="option"
            aria-selected={row.id === selectedId}
            aria-posinset={item.index + 1}
            aria-setsize={rows.length}
            className="absolute inset-x-0 top-0"
            style={{ height: heightPx, transform: `translateY(${String(item.start - marginPx)}px)` }}
            onClick={(event: MouseEvent) => {
              if (isPartsNote(event.target)) onToggle(row.id);
              else onOpen(row.id);
            }}
          >
            <EventRow row={row} look={look} selected={row.id === selectedId} {...place} />
          </div>
        );
      })}
    </div>
  );
}

export function optionId(id: string): string {
  return `row-${id}`;
}

/** The filter row stays on top of the list and would cover a row that is scrolled to the very edge. */
const STICKY_PX = 44;

function bringIntoSight(box: HTMLElement | null, list: HTMLElement | null, index: number, heightPx: number): void {
  if (!box || !list) return;
  const top = list.offsetTop + index * heightPx;
  if (top - STICKY_PX < box.scrollTop) box.scrollTop = top - STICKY_PX;
  else if (top + heightPx > box.scrollTop + box.clientHeight) box.scrollTop = top + heightPx - box.clientHeight;
}
