"use client";

/** One stacked bar and its legend. Customers first is the part that hurts, so it alone is amber. */
import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { TOOLTIP_LOOK } from "./chart-look";
import type { Detectors } from "@/lib/contract/noise-charts/prepare-detectors";

const HEIGHT_PX = 36;
const FILLS = {
  page: "var(--series-1)",
  dashboard: "var(--series-2)",
  "internal-user": "var(--series-5)",
  customer: "var(--warning-line)",
  partner: "var(--series-3)",
  "deploy-watch": "var(--series-6)",
  unknown: "var(--bar)",
} as const;

export function DetectorBar({ parts }: Pick<Detectors, "parts">) {
  const data = [Object.fromEntries([["name", ""], ...parts.map(({ key, impacts }) => [key, impacts])])];
  return (
    <>
      <ResponsiveContainer width="100%" height={HEIGHT_PX} initialDimension={{ width: 480, height: HEIGHT_PX }}>
        <BarChart
          data={data}
          layout="vertical"
          margin={{ top: 4, right: 0, bottom: 4, left: 0 }}
          accessibilityLayer={false}
        >
          <XAxis type="number" hide domain={[0, "dataMax"]} />
          <YAxis type="category" dataKey="name" hide />
          <Tooltip isAnimationActive={false} cursor={false} contentStyle={TOOLTIP_LOOK} />
          {parts.map(({ key, name }) => (
            <Bar key={key} dataKey={key} name={name} stackId="all" fill={FILLS[key]} isAnimationActive={false} />
          ))}
        </BarChart>
      </ResponsiveContainer>
      <ul className="flex flex-wrap gap-x-4 text-small text-muted">
        {parts.map(({ key, name, impacts }) => (
          <li key={key} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className="size-2.5 rounded-xs" style={{ background: FILLS[key] }} />
            {name} {impacts}
          </li>
        ))}
      </ul>
    </>
  );
}
