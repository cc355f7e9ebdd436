"use client";

/** Density over the whole window, errors on the baseline where they cannot be missed. Drag to zoom; `0` resets. */
import { useMemo } from "react";
import type { EventView } from "@/lib/contract/event-view";
import { formatClock, nsOfMs, type DisplayZone } from "@/lib/client/format-instant";
import { Button } from "../ui/button";
import { prepareMinimap, type MinimapBar } from "./prepare-minimap";
import type { TimeBasis } from "./row-time";
import { spanOf, useBrush, type Zoom } from "../charts/use-brush";

const SLICES = 160;
const HEIGHT_PX = 36;

export function Minimap({
  rows,
  fromMs,
  toMs,
  zoom,
  zone,
  basis,
  onZoom,
}: Zoom & {
  rows: readonly EventView[];
  zoom: Zoom | null;
  zone: DisplayZone;
  basis: TimeBasis;
  onZoom: (zoom: Zoom | null) => void;
}) {
  const map = useMemo(() => prepareMinimap(rows, fromMs, toMs, SLICES, basis), [rows, fromMs, toMs, basis]);
  const { box, band, handlers } = useBrush({ fromMs, toMs, zoom, onZoom });
  const errors = map.bars.reduce((sum, bar) => sum + bar.error, 0);
  return (
    <section aria-label="Density over time" className="border-b border-line px-3 pt-2 pb-1">
      <div
        ref={box}
        className="relative cursor-crosshair touch-none select-none"
        style={{ height: HEIGHT_PX + 6 }}
        {...handlers}
      >
        <svg
          role="img"
          aria-label={`${String(errors)} errors among ${String(rows.length)} records`}
          className="absolute inset-x-0 top-0 h-9 w-full"
          viewBox={`0 0 ${String(SLICES)} ${String(HEIGHT_PX)}`}
          preserveAspectRatio="none"
        >
          {map.bars.map((bar, at) => (
            <Bar key={at} bar={bar} at={at} highest={map.highest} />
          ))}
          {map.deploys.map((at) => (
            <rect key={at} x={at * SLICES} y={0} width={0.4} height={HEIGHT_PX} fill="var(--info)" />
          ))}
        </svg>
        {map.alerts.map((alert, at) => (
          <span key={at} className="absolute bottom-0 h-1 min-w-1 bg-warning-line" style={spanOf(alert)} />
        ))}
        {band && <span className="absolute inset-y-0 border-x border-accent bg-accent/15" style={spanOf(band)} />}
      </div>
      <div className="flex items-center justify-between font-mono text-[11px] leading-4 text-muted">
        <span>{formatClock(nsOfMs(fromMs), zone, 0)}</span>
        {zoom && (
          <Button
            look="plain"
            className="h-5 font-sans text-small"
            onClick={() => {
              onZoom(null);
            }}
          >
            Zoomed to {formatClock(nsOfMs(zoom.fromMs), zone, 0)} – {formatClock(nsOfMs(zoom.toMs), zone, 0)} · reset
            (0)
          </Button>
        )}
        <span>{formatClock(nsOfMs(toMs), zone, 0)}</span>
      </div>
    </section>
  );
}

/** Square root, so that one error beside a thousand lines still shows. Errors stand lowest. */
function Bar({ bar, at, highest }: { bar: MinimapBar; at: number; highest: number }) {
  const height = (count: number): number => (count === 0 ? 0 : Math.max(2, Math.sqrt(count / highest) * HEIGHT_PX));
  const total = bar.error + bar.warning + bar.other;
  if (total === 0) return null;
  const all = height(total);
  const error = bar.error === 0 ? 0 : Math.max(3, all * (bar.error / total));
  const warning = bar.warning === 0 ? 0 : Math.max(2, all * (bar.warning / total));
  const other = Math.max(0, all - error - warning);
  return (
    <>
      <rect x={at + 0.1} y={HEIGHT_PX - error} width={0.8} height={error} fill="var(--error)" />
      <rect x={at + 0.1} y={HEIGHT_PX - error - warning} width={0.8} height={warning} fill="var(--warning-line)" />
      <rect x={at + 0.1} y={HEIGHT_PX - error - warning - other} width={0.8} height={other} fill="var(--bar)" />
    </>
  );
}
