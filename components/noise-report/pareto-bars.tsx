"use client";

import { Bar, BarChart, Cell, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { AXIS_TICK, TOOLTIP_LOOK } from "./chart-look";
import type { ParetoBar } from "@/lib/contract/noise-charts/prepare-pareto";
import { minutesText } from "@/lib/contract/noise-charts/report-words";

const ROW_PX = 24;

export function ParetoBars({ bars }: { bars: readonly ParetoBar[] }) {
  const height = bars.length * ROW_PX + 28;
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 480, height }}>
      <BarChart
        data={[...bars]}
        layout="vertical"
        margin={{ top: 0, right: 12, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis
          type="number"
          tick={AXIS_TICK}
          tickFormatter={(value: number) => minutesText(value)}
          stroke="var(--line-strong)"
          tickLine={false}
        />
        <YAxis
          type="category"
          dataKey="name"
          width={170}
          tick={AXIS_TICK}
          axisLine={false}
          tickLine={false}
          interval={0}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--hover)" }}
          contentStyle={TOOLTIP_LOOK}
          formatter={(value) => [minutesText(Number(value)), "noise"]}
        />
        <Bar dataKey="noiseMinutes" isAnimationActive={false} barSize={12}>
          {bars.map((bar) => (
            <Cell key={bar.name} fill={bar.key === "" ? "var(--bar)" : "var(--series-1)"} />
          ))}
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}
