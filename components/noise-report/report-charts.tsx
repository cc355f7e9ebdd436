"use client";

/** The charts of a review. The drawing library comes only when there is something to draw. */
import dynamic from "next/dynamic";
import type { NoiseReport } from "@/lib/contract/noise-report";
import { ChartFrame } from "./chart-frame";
import { ForestLines } from "./forest-lines";
import { HeatGrid } from "./heat-grid";
import { prepareDetectors } from "@/lib/contract/noise-charts/prepare-detectors";
import { prepareForest } from "@/lib/contract/noise-charts/prepare-forest";
import { prepareHeatMap } from "@/lib/contract/noise-charts/prepare-heat-map";
import { preparePareto } from "@/lib/contract/noise-charts/prepare-pareto";
import { prepareShiftLoad } from "@/lib/contract/noise-charts/prepare-shift-load";
import { prepareTrend } from "@/lib/contract/noise-charts/prepare-trend";
import { minutesText } from "@/lib/contract/noise-charts/report-words";

const waiting = () => <div className="skeleton h-44" />;
const ParetoBars = dynamic(() => import("./pareto-bars").then((loaded) => loaded.ParetoBars), {
  ssr: false,
  loading: waiting,
});
const ShiftBars = dynamic(() => import("./shift-bars").then((loaded) => loaded.ShiftBars), {
  ssr: false,
  loading: waiting,
});
const TrendLines = dynamic(() => import("./trend-lines").then((loaded) => loaded.TrendLines), {
  ssr: false,
  loading: waiting,
});
const DetectorBar = dynamic(() => import("./detector-bar").then((loaded) => loaded.DetectorBar), {
  ssr: false,
  loading: waiting,
});

/** `hidden`: charts that are suppressed because too few people are in them. */
export function ReportCharts({
  report,
  hidden,
  rulesKnown,
}: {
  report: NoiseReport;
  hidden: readonly string[];
  rulesKnown: boolean;
}) {
  return (
    <div className="grid gap-x-8 lg:grid-cols-2">
      <ParetoChart report={report} />
      <ForestChart report={report} />
      <HeatChart report={report} isHidden={hidden.includes("heat")} />
      <ShiftChart report={report} isHidden={hidden.includes("shifts")} />
      <TrendChart report={report} rulesKnown={rulesKnown} />
      <DetectorChart report={report} />
    </div>
  );
}

function ParetoChart({ report }: { report: NoiseReport }) {
  const pareto = preparePareto(report);
  return (
    <ChartFrame
      finding={pareto.finding}
      definition="Person-minutes of pages, times the probability that they were for nothing; top ten rules and the rest"
      empty={
        pareto.bars.length === 0 ? "No page of this month cost anything, or nobody is known to have been paged." : null
      }
      columns={["Rule", "Noise", "Wake-ups", "Share so far"]}
      rows={pareto.bars.map(({ name, noiseMinutes, wakeUps, runningShare }) => [
        name,
        minutesText(noiseMinutes),
        wakeUps,
        `${String(Math.round(runningShare * 100))} %`,
      ])}
    >
      <ParetoBars bars={pareto.bars} />
    </ChartFrame>
  );
}

function ForestChart({ report }: { report: NoiseReport }) {
  const forest = prepareForest(report.rules);
  return (
    <ChartFrame
      finding={forest.finding}
      definition={`Worth paging by verdicts, shrunk to the team's rate, with 90 % interval; ${String(forest.unjudged)} rules without a verdict are not drawn`}
      empty={forest.lines.length === 0 ? "Nobody judged an alert of this month yet." : null}
      columns={["Rule", "Worth paging", "Low", "High", "n"]}
      rows={forest.lines.map(({ name, value, low, high, n, why }) => [
        name,
        value === null ? why : percent(value),
        percent(low),
        percent(high),
        n,
      ])}
    >
      <ForestLines lines={forest.lines} />
    </ChartFrame>
  );
}

function HeatChart({ report, isHidden }: { report: NoiseReport; isHidden: boolean }) {
  const heat = prepareHeatMap(report.heat);
  return (
    <ChartFrame
      finding={isHidden ? "Pages by hour are not shown" : heat.finding}
      definition="Pages by hour and weekday of the clock of whoever was paged; sleeping hours are outlined"
      empty={isHidden ? fewPeople(report) : heat.pages === 0 ? "No page is known for this month." : null}
      columns={["Day", "Hour", "Pages"]}
      rows={heat.days.flatMap(({ name, cells }) =>
        cells.filter(({ pages }) => pages > 0).map(({ hour, pages }) => [name, hour, pages]),
      )}
    >
      <HeatGrid days={heat.days} />
    </ChartFrame>
  );
}

function ShiftChart({ report, isHidden }: { report: NoiseReport; isHidden: boolean }) {
  const load = prepareShiftLoad(report.shifts, report.settings.shiftTarget);
  return (
    <ChartFrame
      finding={isHidden ? "Load per shift is not shown" : load.finding}
      definition="Clusters in each twelve hours on call; pages of one cluster count once"
      empty={isHidden ? fewPeople(report) : load.bars.length === 0 ? "No on-call feed told of shifts." : null}
      columns={["Clusters", "Shifts"]}
      rows={load.bars.map(({ clusters, slices }) => [String(clusters), slices])}
    >
      <ShiftBars bars={load.bars} target={load.target} />
    </ChartFrame>
  );
}

function TrendChart({ report, rulesKnown }: { report: NoiseReport; rulesKnown: boolean }) {
  const trend = prepareTrend(report.trend, rulesKnown);
  return (
    <ChartFrame
      finding={trend.finding}
      definition={`${trend.unit}, by day, with 90 % band; ${trend.legend}`}
      empty={trend.points.length === 0 ? "There is no day to draw." : null}
      columns={["Day", "Clusters", "Rate", "Rules changed"]}
      rows={trend.points.map(({ day, clusters, rate }) => [
        day,
        clusters,
        rate === null ? "not known" : rate.toFixed(1),
        trend.marks.find((mark) => mark.day === day)?.words ?? "",
      ])}
    >
      <TrendLines points={trend.points} marks={trend.marks} />
    </ChartFrame>
  );
}

function DetectorChart({ report }: { report: NoiseReport }) {
  const detectors = prepareDetectors(report.recall);
  return (
    <ChartFrame
      finding={detectors.finding}
      definition="Times when customers were hit, as people recorded them, by who knew first"
      empty={
        detectors.impacts === 0
          ? "Record them under “What did we miss?” below; without them recall is not known."
          : null
      }
      columns={["Who", "Times"]}
      rows={detectors.parts.map(({ name, impacts }) => [name, impacts])}
    >
      <DetectorBar parts={detectors.parts} />
    </ChartFrame>
  );
}

const percent = (share: number): string => `${String(Math.round(share * 100))} %`;

function fewPeople({ settings }: NoiseReport): string {
  return `Fewer than ${String(settings.smallestGroup)} people: it would say who.`;
}
