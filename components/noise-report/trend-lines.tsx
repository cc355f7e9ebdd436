"use client";

import { Area, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { AXIS_TICK, TOOLTIP_LOOK } from "./chart-look";
import type { Trend } from "@/lib/contract/noise-charts/prepare-trend";

const HEIGHT_PX = 180;

export function TrendLines({ points, marks }: Pick<Trend, "points" | "marks">) {
  return (
    <ResponsiveContainer width="100%" height={HEIGHT_PX} initialDimension={{ width: 480, height: HEIGHT_PX }}>
      <ComposedChart data={[...points]} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <XAxis
          dataKey="day"
          tick={AXIS_TICK}
          stroke="var(--line-strong)"
          tickLine={false}
          tickFormatter={(day: string) => day.slice(8)}
          minTickGap={24}
        />
        <YAxis width={36} tick={AXIS_TICK} axisLine={false} tickLine={false} />
        <Tooltip
          isAnimationActive={false}
          contentStyle={TOOLTIP_LOOK}
          formatter={(value, name) => [
            Array.isArray(value) ? value.map((end) => Number(end).toFixed(1)).join("–") : Number(value).toFixed(1),
            name,
          ]}
        />
        <Area
          dataKey="band"
          name="interval"
          stroke="none"
          fill="var(--series-1)"
          fillOpacity={0.14}
          isAnimationActive={false}
          connectNulls={false}
        />
        <Line
          dataKey="rate"
          name="rate"
          stroke="var(--series-1)"
          strokeWidth={1.5}
          dot={false}
          isAnimationActive={false}
          connectNulls={false}
        />
        {marks.map(({ day }) => (
          <ReferenceLine key={day} x={day} stroke="var(--line-strong)" strokeDasharray="2 3" />
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
