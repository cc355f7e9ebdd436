"use client";

/** Drag over a drawing of the window to zoom into a part of it. Every drawing with the same ends has the same scale. */
import { useRef, useState, type PointerEvent, type RefObject } from "react";

export interface Zoom {
  readonly fromMs: number;
  readonly toMs: number;
}
/** Shares of the width, 0 to 1. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** A hand that only clicks moves the pointer a little. */
const LEAST_DRAG = 0.008;

export function useBrush({ fromMs, toMs, zoom, onZoom }: Zoom & { zoom: Zoom | null; onZoom: (zoom: Zoom) => void }): {
  readonly box: RefObject<HTMLDivElement | null>;
  /** What is being dragged, or else the zoom. */
  readonly band: Band | null;
  readonly handlers: Pick<
    React.ComponentProps<"div">,
    "onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel"
  >;
} {
  const [drag, setDrag] = useState<Band | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const share = (event: PointerEvent): number => {
    const rect = box.current?.getBoundingClientRect();
    return rect ? Math.min(1, Math.max(0, (event.clientX - rect.left) / rect.width)) : 0;
  };
  const atMs = (part: number): number => Math.round(fromMs + part * (toMs - fromMs));
  const sorted = drag && { from: Math.min(drag.from, drag.to), to: Math.max(drag.from, drag.to) };
  const finish = (): void => {
    if (sorted && sorted.to - sorted.from >= LEAST_DRAG) onZoom({ fromMs: atMs(sorted.from), toMs: atMs(sorted.to) });
    setDrag(null);
  };
  return {
    box,
    band: sorted ?? (zoom && bandOf(zoom, { fromMs, toMs })),
    handlers: {
      onPointerDown: (event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ from: share(event), to: share(event) });
      },
      onPointerMove: (event) => {
        if (drag) setDrag({ from: drag.from, to: share(event) });
      },
      onPointerUp: finish,
      onPointerCancel: () => {
        setDrag(null);
      },
    },
  };
}

function bandOf(zoom: Zoom, { fromMs, toMs }: Zoom): Band {
  const share = (ms: number): number => (ms - fromMs) / Math.max(1, toMs - fromMs);
  return { from: share(zoom.fromMs), to: share(zoom.toMs) };
}

/** Where a band stands, for the style of an element over the drawing. */
export function spanOf({ from, to }: Band): { readonly left: string; readonly width: string } {
  const [start, end] = [Math.min(1, Math.max(0, from)), Math.min(1, Math.max(0, to))];
  return { left: percent(start), width: percent(end - start) };
}

function percent(part: number): string {
  return `${String(Math.round(part * 1e4) / 100)}%`;
}
