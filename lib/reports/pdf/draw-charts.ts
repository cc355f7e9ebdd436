/** The charts of a review as lines and areas on paper, two side by side. */
import type { ReviewView } from "@/lib/contract/review";
import { prepareDetectors } from "@/lib/contract/noise-charts/prepare-detectors";
import { prepareForest } from "@/lib/contract/noise-charts/prepare-forest";
import { prepareHeatMap } from "@/lib/contract/noise-charts/prepare-heat-map";
import { preparePareto } from "@/lib/contract/noise-charts/prepare-pareto";
import { prepareShiftLoad } from "@/lib/contract/noise-charts/prepare-shift-load";
import { prepareTrend } from "@/lib/contract/noise-charts/prepare-trend";
import { type Box, drawDetectors, drawForest, drawHeat, drawPareto, drawShifts, drawTrend } from "./chart-bodies";
import { INK, MARGIN, type Sheet, WIDTH } from "./sheet";

const GAP = 22;
const HALF = (WIDTH - GAP) / 2;
const TITLE = 34;
const HEIGHTS = [176, 168, 150] as const;

/** `hidden`: charts that would say who. */
export function drawCharts(sheet: Sheet, { report, suppressed: hidden, ruleSet }: ReviewView): void {
  const few = `Fewer than ${String(report.settings.smallestGroup)} people: it would say who.`;
  const [first, second, third] = HEIGHTS;
  row(sheet, first, [
    (box) => {
      const pareto = preparePareto(report);
      const empty = pareto.bars.length === 0 ? "No page of this month cost anything." : null;
      frame(sheet, box, pareto.finding, "Person-minutes of noise by rule", empty, (inner) =>
        drawPareto(sheet, inner, pareto.bars),
      );
    },
    (box) => {
      const forest = prepareForest(report.rules);
      const empty = forest.lines.length === 0 ? "Nobody judged an alert of this month yet." : null;
      frame(sheet, box, forest.finding, "Worth paging, 90 % interval", empty, (inner) =>
        drawForest(sheet, inner, forest.lines),
      );
    },
  ]);
  row(sheet, second, [
    (box) => {
      const heat = prepareHeatMap(report.heat);
      const isHidden = hidden.includes("heat");
      const empty = isHidden ? few : heat.pages === 0 ? "No page is known for this month." : null;
      frame(
        sheet,
        box,
        isHidden ? "Pages by hour" : heat.finding,
        "By hour and weekday of who was paged; sleeping hours outlined",
        empty,
        (inner) => drawHeat(sheet, inner, heat.days),
      );
    },
    (box) => {
      const load = prepareShiftLoad(report.shifts, report.settings.shiftTarget);
      const isHidden = hidden.includes("shifts");
      const empty = isHidden ? few : load.bars.length === 0 ? "No on-call feed told of shifts." : null;
      frame(
        sheet,
        box,
        isHidden ? "Load per shift" : load.finding,
        "Clusters in twelve hours on call; the line is the target",
        empty,
        (inner) => drawShifts(sheet, inner, load.bars, load.target),
      );
    },
  ]);
  row(sheet, third, [
    (box) => {
      const trend = prepareTrend(report.trend, ruleSet !== null);
      frame(sheet, box, trend.finding, `${trend.unit}, 90 % band; ${trend.legend}`, null, (inner) =>
        drawTrend(sheet, inner, trend.points, trend.marks),
      );
    },
    (box) => {
      const detectors = prepareDetectors(report.recall);
      const empty = detectors.impacts === 0 ? "Nobody recorded when customers were hit." : null;
      frame(sheet, box, detectors.finding, "Who knew first", empty, (inner) =>
        drawDetectors(sheet, inner, detectors.parts),
      );
    },
  ]);
}

function row(sheet: Sheet, height: number, charts: readonly ((box: Box) => void)[]): void {
  sheet.need(height + TITLE);
  charts.forEach((draw, index) => {
    draw({ x: MARGIN + index * (HALF + GAP), y: sheet.y, width: HALF, height: height + TITLE });
  });
  sheet.y += height + TITLE + 16;
}

function frame(
  sheet: Sheet,
  box: Box,
  finding: string,
  definition: string,
  empty: string | null,
  draw: (inner: Box) => void,
): void {
  const { x, y, width, height } = box;
  sheet.line(finding, { x, y, width, size: 9, strong: true });
  sheet.line(definition, { x, y: y + 13, width, size: 7, colour: INK.muted });
  if (empty !== null) sheet.line(empty, { x, y: y + TITLE, width, size: 8, colour: INK.muted });
  else draw({ x, y: y + TITLE, width, height: height - TITLE });
}
