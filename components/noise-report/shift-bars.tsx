"use client";

import { Bar, BarChart, Cell, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { AXIS_TICK, TOOLTIP_LOOK } from "./chart-look";
import type { ShiftLoad } from "@/lib/contract/noise-charts/prepare-shift-load";

const HEIGHT_PX = 180;

export function ShiftBars({ bars, target }: Pick<ShiftLoad, "bars" | "target">) {
  return (
    <ResponsiveContainer width="100%" height={HEIGHT_PX} initialDimension={{ width: 480, height: HEIGHT_PX }}>
      <BarChart data={[...bars]} margin={{ top: 16, right: 12, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <XAxis
          dataKey="clusters"
          type="number"
          domain={[-0.5, bars.length - 0.5]}
          allowDecimals={false}
          tick={AXIS_TICK}
          stroke="var(--line-strong)"
          tickLine={false}
        />
        <YAxis width={36} tick={AXIS_TICK} axisLine={false} tickLine={false} allowDecimals={false} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--hover)" }}
          contentStyle={TOOLTIP_LOOK}
          labelFormatter={(label) => `${String(label)} clusters`}
          formatter={(value) => [String(value), "shifts"]}
        />
        <ReferenceLine
          x={target + 0.5}
          stroke="var(--warning-line)"
          strokeDasharray="4 3"
          label={{ value: `at most ${String(target)}`, position: "top", fontSize: 11, fill: "var(--muted)" }}
        />
        <Bar dataKey="slices" isAnimationActive={false} barSize={22}>
          {bars.map((bar) => (
            <Cell key={bar.clusters} fill={bar.over ? "var(--warning-line)" : "var(--series-1)"} />
          ))}
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}
