"use client";

/** The whole trace at a glance. Drag to zoom, drag the band to move it, its edges to size it; a click does nothing. */
import { useMemo, useRef, useState, type PointerEvent } from "react";
import { formatMicros } from "./format-micros";
import type { PreparedTrace } from "./prepare-trace";
import { prepareTraceMinimap } from "./prepare-trace-minimap";
import type { TimeWindowUs } from "./ruler-ticks";

const SLICES = 400;
const LANES = 48;
/** A hand that only clicks moves the pointer a little. */
const LEAST_DRAG = 0.006;
const EDGE = 0.008;

interface Drag {
  readonly kind: "brush" | "move" | "from" | "to";
  readonly start: number;
  /** The band when the drag began. */
  readonly origin: Band;
  readonly band: Band;
}
interface Band {
  readonly from: number;
  readonly to: number;
}

export function TraceMinimap({
  trace,
  zoom,
  compact,
  onZoom,
}: {
  trace: PreparedTrace;
  zoom: TimeWindowUs | null;
  compact: boolean;
  onZoom: (zoom: TimeWindowUs | null) => void;
}) {
  const paths = useMemo(() => prepareTraceMinimap(trace, SLICES, LANES), [trace]);
  const box = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const share = (event: PointerEvent): number => {
    const rect = box.current?.getBoundingClientRect();
    return rect && rect.width > 0 ? clamp((event.clientX - rect.left) / rect.width) : 0;
  };
  const shown = drag?.band ?? (zoom && { from: zoom.fromUs / trace.durationUs, to: zoom.toUs / trace.durationUs });
  const finish = (): void => {
    if (drag && trace.durationUs > 0 && drag.band.to - drag.band.from >= LEAST_DRAG) {
      onZoom({ fromUs: drag.band.from * trace.durationUs, toUs: drag.band.to * trace.durationUs });
    }
    setDrag(null);
  };
  return (
    <div
      ref={box}
      role="img"
      aria-label={`Overview of ${trace.spanCount.toLocaleString("en")} spans, ${trace.failedCount.toLocaleString("en")} failed${zoom ? `; shown from ${formatMicros(zoom.fromUs)} to ${formatMicros(zoom.toUs)}` : ""}`}
      title="Drag to zoom, 0 to reset"
      className="relative cursor-crosshair touch-none border-b border-line bg-panel select-none"
      style={{ height: compact ? 28 : 48 }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag(beginDrag(share(event), shown));
      }}
      onPointerMove={(event) => {
        if (drag) setDrag({ ...drag, band: dragged(drag, share(event)) });
      }}
      onPointerUp={finish}
      onPointerCancel={() => {
        setDrag(null);
      }}
    >
      <svg
        aria-hidden="true"
        className="absolute inset-0 size-full"
        viewBox={`0 0 ${String(SLICES)} ${String(Math.min(LANES, Math.max(8, trace.nodes.length)))}`}
        preserveAspectRatio="none"
      >
        <path d={paths.spans} stroke="var(--bar)" strokeWidth={0.7} fill="none" />
        <path d={paths.passedOn} stroke="var(--error)" strokeOpacity={0.45} strokeWidth={0.7} fill="none" />
        <path d={paths.failed} stroke="var(--error)" strokeWidth={0.9} fill="none" />
      </svg>
      {shown && (
        <>
          <span className="absolute inset-y-0 left-0 bg-bg/70" style={{ width: percent(shown.from) }} />
          <span className="absolute inset-y-0 right-0 bg-bg/70" style={{ width: percent(1 - shown.to) }} />
          <span
            className="absolute inset-y-0 cursor-grab border-x-2 border-accent bg-accent/10"
            style={{ left: percent(shown.from), width: percent(shown.to - shown.from) }}
          />
        </>
      )}
    </div>
  );
}

function beginDrag(at: number, band: Band | null): Drag {
  const kind =
    !band || at < band.from - EDGE || at > band.to + EDGE
      ? "brush"
      : Math.abs(at - band.from) <= EDGE
        ? "from"
        : Math.abs(at - band.to) <= EDGE
          ? "to"
          : "move";
  const origin = kind === "brush" || !band ? { from: at, to: at } : band;
  return { kind, start: at, origin, band: origin };
}

function dragged({ kind, start, origin }: Drag, at: number): Band {
  if (kind === "brush") return { from: Math.min(start, at), to: Math.max(start, at) };
  if (kind === "from") return { from: Math.min(at, origin.to - LEAST_DRAG), to: origin.to };
  if (kind === "to") return { from: origin.from, to: Math.max(at, origin.from + LEAST_DRAG) };
  // The band keeps its width at the ends of the trace.
  const by = Math.min(1 - origin.to, Math.max(-origin.from, at - start));
  return { from: origin.from + by, to: origin.to + by };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function percent(share: number): string {
  return `${(clamp(share) * 100).toFixed(3)}%`;
}
