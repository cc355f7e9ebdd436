"use client";

/** Rate, errors and duration of the touched services. Every chart can be read as a table. */
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { formatClock, nsOfMs, type DisplayZone } from "@/lib/client/format-instant";
import type { MetricView } from "@/lib/contract/timeline-answer";
import { openRegions } from "@/lib/client/preferences";
import { Button } from "../ui/button";
import { Disclosure } from "../ui/disclosure";
import { Icon } from "../ui/icon";
import { lookOf } from "./line-looks";
import { formatMetric, prepareMetricStrip, silencesOf, type MetricChart } from "./prepare-metric-strip";
import { spanOf, useBrush, type Zoom } from "./use-brush";

const HEIGHT_PX = 72;
// The drawing library weighs more than the rest of the page: it comes only when there is something to draw.
const MetricLines = dynamic(() => import("./metric-lines").then((loaded) => loaded.MetricLines), {
  ssr: false,
  loading: () => <div className="skeleton" style={{ height: HEIGHT_PX }} />,
});

export function MetricStrip({
  metrics,
  fromMs,
  toMs,
  zone,
  zoom,
  onZoom,
}: Zoom & {
  metrics: readonly MetricView[];
  zone: DisplayZone;
  zoom: Zoom | null;
  onZoom: (zoom: Zoom) => void;
}) {
  const charts = useMemo(() => prepareMetricStrip(metrics), [metrics]);
  const [asTable, setAsTable] = useState(false);
  if (charts.length === 0) return null;
  return (
    <Disclosure name="Metrics" stored={openRegions.metrics} line={stripLine(charts)}>
      <div className="px-3 pb-2">
        <div className={asTable ? "grid gap-4 md:grid-cols-3" : "space-y-1"}>
          {charts.map((chart) => (
            <div key={chart.signal} className="min-w-0">
              <h2 className="text-small">
                <span className="font-strong">{chart.title}</span> <span className="text-muted">{chart.unit}</span>
              </h2>
              {asTable ? (
                <MetricTable chart={chart} zone={zone} />
              ) : (
                <BrushedChart chart={chart} fromMs={fromMs} toMs={toMs} zone={zone} zoom={zoom} onZoom={onZoom} />
              )}
            </div>
          ))}
        </div>
        <div className="flex flex-wrap items-center gap-x-4 text-small text-muted">
          <Legend charts={charts} />
          {!asTable && <span>Hatched: no sample. Drag to zoom the rows.</span>}
          <Button
            look="plain"
            className="ml-auto h-6 text-small"
            aria-pressed={asTable}
            onClick={() => {
              setAsTable(!asTable);
            }}
          >
            <Icon name={asTable ? "chart" : "table"} /> {asTable ? "Show charts" : "Show tables"}
          </Button>
        </div>
      </div>
    </Disclosure>
  );
}

/** Lines, silences and the zoom on the scale of the minimap. */
function BrushedChart({
  chart,
  zone,
  fromMs,
  toMs,
  zoom,
  onZoom,
}: Zoom & { chart: MetricChart; zone: DisplayZone; zoom: Zoom | null; onZoom: (zoom: Zoom) => void }) {
  const { box, band, handlers } = useBrush({ fromMs, toMs, zoom, onZoom });
  const silences = useMemo(() => silencesOf(chart, fromMs, toMs), [chart, fromMs, toMs]);
  const share = (ms: number): number => (ms - fromMs) / Math.max(1, toMs - fromMs);
  return (
    <div ref={box} className="relative cursor-crosshair touch-none select-none" {...handlers}>
      {silences.map((silence) => (
        <span
          key={silence.fromMs}
          title="no sample"
          className="absolute inset-y-0 hatched"
          style={spanOf({ from: share(silence.fromMs), to: share(silence.toMs) })}
        />
      ))}
      <MetricLines chart={chart} fromMs={fromMs} toMs={toMs} zone={zone} heightPx={HEIGHT_PX} />
      {band && (
        <span
          className="pointer-events-none absolute inset-y-0 border-x border-accent bg-accent/15"
          style={spanOf(band)}
        />
      )}
    </div>
  );
}

/** What is behind the line, and nothing that would need a judgement. */
function stripLine(charts: readonly MetricChart[]): string {
  const services = new Set(charts.flatMap((chart) => chart.allServices)).size;
  const titles = charts.map((chart) => chart.title.toLowerCase()).join(", ");
  return `${titles} of ${String(services)} ${services === 1 ? "service" : "services"}`;
}

function Legend({ charts }: { charts: readonly MetricChart[] }) {
  const services = [...new Set(charts.flatMap((chart) => chart.services))].sort();
  const undrawn = new Set(charts.flatMap((chart) => chart.allServices)).size - services.length;
  return (
    <>
      {services.map((service) => (
        <span key={service} className="inline-flex items-center gap-1.5">
          <svg aria-hidden="true" width="20" height="8">
            <line x1="0" x2="20" y1="4" y2="4" strokeWidth="2" {...lookOf(service, services)} />
          </svg>
          {service}
        </span>
      ))}
      {undrawn > 0 && <span>{undrawn} more in the tables</span>}
    </>
  );
}

function MetricTable({ chart, zone }: { chart: MetricChart; zone: DisplayZone }) {
  return (
    <div tabIndex={0} role="region" aria-label={`${chart.title} as a table`} className="max-h-48 overflow-auto">
      <table className="w-full text-small">
        <thead>
          <tr className="text-left text-muted">
            <th scope="col" className="pr-3 font-normal">
              Time
            </th>
            {chart.allServices.map((service) => (
              <th key={service} scope="col" className="pr-3 text-right font-normal">
                {service}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chart.points.map((point) => (
            <tr key={point.atMs} className="border-t border-line/60">
              <th scope="row" className="pr-3 text-left font-mono font-normal">
                {formatClock(nsOfMs(point.atMs), zone, 0)}
              </th>
              {chart.allServices.map((service) => (
                <td key={service} className="pr-3 text-right font-mono">
                  {formatMetric(point.values[service] ?? null, chart.signal)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
