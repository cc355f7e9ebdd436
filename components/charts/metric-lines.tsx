"use client";

/** Draws one prepared chart. A missing sample breaks the line: it is neither zero nor the neighbours' average. */
import { Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatClock, nsOfMs, zoneName, type DisplayZone } from "@/lib/client/format-instant";
import { lookOf } from "./line-looks";
import { formatMetric, type MetricChart } from "./prepare-metric-strip";

export function MetricLines({
  chart,
  fromMs,
  toMs,
  zone,
  heightPx,
}: {
  chart: MetricChart;
  fromMs: number;
  toMs: number;
  zone: DisplayZone;
  heightPx: number;
}) {
  const order = [...chart.services].sort();
  const clock = (value: unknown): string => formatClock(nsOfMs(Number(value)), zone, 0);
  return (
    <div role="img" aria-label={`${chart.title} per service; the same figures are in the table`}>
      <ResponsiveContainer width="100%" height={heightPx} initialDimension={{ width: 320, height: heightPx }}>
        <LineChart
          data={[...chart.points]}
          margin={{ top: 6, right: 0, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <XAxis
            dataKey="atMs"
            type="number"
            domain={[fromMs, toMs]}
            allowDataOverflow
            tick={false}
            stroke="var(--line-strong)"
            tickLine={false}
            height={1}
          />
          {/* Inside the drawing: the ends of the window stand where they stand in the minimap. */}
          <YAxis
            mirror
            width={64}
            domain={[0, "auto"]}
            tickCount={3}
            tickFormatter={(value: number) => formatMetric(value, chart.signal)}
            tick={{ fontSize: 11, fill: "var(--muted)" }}
            axisLine={false}
            tickLine={false}
          />
          <Tooltip
            isAnimationActive={false}
            labelFormatter={(label) => `${clock(label)} ${zoneName(zone, Number(label))}`}
            formatter={(value) => formatMetric(typeof value === "number" ? value : null, chart.signal)}
            contentStyle={{
              background: "var(--raised)",
              border: "1px solid var(--line)",
              borderRadius: 6,
              fontSize: 12,
            }}
          />
          {chart.services.map((service) => (
            <Line
              key={service}
              name={service}
              dataKey={(point: MetricChart["points"][number]) => point.values[service] ?? null}
              connectNulls={false}
              dot={false}
              isAnimationActive={false}
              strokeWidth={1.5}
              {...lookOf(service, order)}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
