/** What is drawn inside the frames of a review's charts. */
import type { prepareDetectors } from "@/lib/contract/noise-charts/prepare-detectors";
import type { prepareForest } from "@/lib/contract/noise-charts/prepare-forest";
import type { prepareHeatMap } from "@/lib/contract/noise-charts/prepare-heat-map";
import type { preparePareto } from "@/lib/contract/noise-charts/prepare-pareto";
import type { prepareShiftLoad } from "@/lib/contract/noise-charts/prepare-shift-load";
import type { prepareTrend } from "@/lib/contract/noise-charts/prepare-trend";
import { minutesText } from "@/lib/contract/noise-charts/report-words";
import { INK, type Sheet } from "./sheet";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function drawPareto(sheet: Sheet, { x, y, width }: Box, bars: ReturnType<typeof preparePareto>["bars"]): void {
  const most = Math.max(1, ...bars.map(({ noiseMinutes }) => noiseMinutes));
  const [label, value] = [104, 46];
  bars.forEach((bar, index) => {
    const top = y + index * 15;
    sheet.line(bar.name, { x, y: top + 1, width: label - 6, size: 7.5 });
    const length = ((width - label - value) * bar.noiseMinutes) / most;
    sheet.doc.rect(x + label, top, Math.max(1, length), 9).fill(bar.key === "" ? "#a6a9b4" : INK.accent);
    sheet.line(minutesText(bar.noiseMinutes), {
      x: x + label + length + 4,
      y: top + 1,
      width: value,
      size: 7,
      colour: INK.muted,
    });
  });
}

export function drawForest(sheet: Sheet, { x, y, width }: Box, lines: ReturnType<typeof prepareForest>["lines"]): void {
  const [label, value] = [104, 58];
  const scale = width - label - value;
  const shown = lines.slice(0, 11);
  const at = (share: number): number => x + label + share * scale;
  sheet.doc
    .moveTo(at(0.5), y)
    .lineTo(at(0.5), y + shown.length * 15)
    .dash(1, { space: 2 })
    .lineWidth(0.5)
    .strokeColor(INK.muted)
    .stroke()
    .undash();
  shown.forEach((one, index) => {
    const top = y + index * 15;
    sheet.line(one.name, { x, y: top + 1, width: label - 6, size: 7.5 });
    if (one.value !== null) {
      const colour = one.standing === "retire" ? INK.warning : INK.accent;
      sheet.doc
        .moveTo(at(one.low), top + 5)
        .lineTo(at(one.high), top + 5)
        .lineWidth(1)
        .strokeColor(colour)
        .stroke();
      sheet.doc.circle(at(one.value), top + 5, 2.4).fill(colour);
    }
    const words = one.value === null ? one.why : `${String(Math.round(one.value * 100))} %, n ${String(one.n)}`;
    sheet.line(words, { x: at(1) + 4, y: top + 1, width: value - 4, size: 7, colour: INK.muted });
  });
}

export function drawHeat(sheet: Sheet, { x, y, width }: Box, days: ReturnType<typeof prepareHeatMap>["days"]): void {
  const label = 22;
  const cell = (width - label) / 24;
  const height = 16;
  days.forEach(({ name, cells }, day) => {
    const top = y + day * height;
    sheet.line(name, { x, y: top + 4, width: label, size: 7, colour: INK.muted });
    cells.forEach(({ hour, strength, sleep, pages }) => {
      const left = x + label + hour * cell;
      sheet.doc
        .rect(left, top, cell - 1, height - 1)
        .fillOpacity(0.06 + strength * 0.74)
        .fill(INK.accent)
        .fillOpacity(1);
      if (sleep)
        sheet.doc
          .rect(left + 0.25, top + 0.25, cell - 1.5, height - 1.5)
          .lineWidth(0.4)
          .strokeColor(INK.muted)
          .stroke();
      if (pages > 0)
        sheet.line(String(pages), {
          x: left,
          y: top + 5,
          width: cell - 1,
          size: 5.5,
          align: "center",
          colour: strength > 0.5 ? "#ffffff" : INK.text,
        });
    });
  });
  for (const hour of [0, 6, 12, 18]) {
    sheet.line(String(hour).padStart(2, "0"), {
      x: x + label + hour * cell,
      y: y + 7 * height + 3,
      width: 20,
      size: 7,
      colour: INK.muted,
    });
  }
}

export function drawShifts(
  sheet: Sheet,
  { x, y, width, height }: Box,
  bars: ReturnType<typeof prepareShiftLoad>["bars"],
  target: number,
): void {
  const most = Math.max(1, ...bars.map(({ slices }) => slices));
  const step = width / bars.length;
  const floor = y + height - 24;
  bars.forEach(({ clusters, slices, over }, index) => {
    const tall = ((floor - y - 12) * slices) / most;
    const left = x + index * step + step * 0.15;
    sheet.doc
      .rect(left, floor - tall, step * 0.7, Math.max(tall, slices > 0 ? 1 : 0))
      .fill(over ? INK.warning : INK.accent);
    if (slices > 0)
      sheet.line(String(slices), {
        x: left - 6,
        y: floor - tall - 9,
        width: step * 0.7 + 12,
        size: 6.5,
        align: "center",
      });
    sheet.line(String(clusters), {
      x: left - 6,
      y: floor + 4,
      width: step * 0.7 + 12,
      size: 7,
      align: "center",
      colour: INK.muted,
    });
  });
  const line = x + (target + 1) * step;
  if (line <= x + width)
    sheet.doc
      .moveTo(line, y)
      .lineTo(line, floor)
      .dash(3, { space: 2 })
      .lineWidth(0.7)
      .strokeColor(INK.warning)
      .stroke()
      .undash();
  sheet.doc
    .moveTo(x, floor)
    .lineTo(x + width, floor)
    .lineWidth(0.5)
    .strokeColor(INK.line)
    .stroke();
}

export function drawTrend(
  sheet: Sheet,
  { x, y, width, height }: Box,
  points: ReturnType<typeof prepareTrend>["points"],
  marks: ReturnType<typeof prepareTrend>["marks"],
): void {
  const floor = y + height - 18;
  const most = Math.max(1, ...points.flatMap(({ rate, band }) => [rate ?? 0, band?.[1] ?? 0]));
  const across = (index: number): number => x + 18 + (index / Math.max(1, points.length - 1)) * (width - 18);
  const up = (value: number): number => floor - (value / most) * (floor - y - 6);
  const banded = points.flatMap(({ band }, index) => (band === null ? [] : [{ index, band }]));
  if (banded.length > 1) {
    const edge = [
      ...banded.map(({ index, band }) => [across(index), up(band[1])]),
      ...banded.reverse().map(({ index, band }) => [across(index), up(band[0])]),
    ];
    sheet.doc
      .polygon(...(edge as [number, number][]))
      .fillOpacity(0.14)
      .fill(INK.accent)
      .fillOpacity(1);
  }
  let isOpen = false;
  points.forEach(({ rate }, index) => {
    if (rate === null) isOpen = false;
    else if (isOpen) sheet.doc.lineTo(across(index), up(rate));
    else {
      sheet.doc.moveTo(across(index), up(rate));
      isOpen = true;
    }
  });
  sheet.doc.lineWidth(1).strokeColor(INK.accent).stroke();
  for (const { day } of marks) {
    const index = points.findIndex((point) => point.day === day);
    if (index >= 0)
      sheet.doc
        .moveTo(across(index), y)
        .lineTo(across(index), floor)
        .dash(1, { space: 2 })
        .lineWidth(0.5)
        .strokeColor(INK.muted)
        .stroke()
        .undash();
  }
  sheet.doc
    .moveTo(x + 18, floor)
    .lineTo(x + width, floor)
    .lineWidth(0.5)
    .strokeColor(INK.line)
    .stroke();
  sheet.line(most.toFixed(0), { x, y: y + 2, width: 16, size: 6.5, colour: INK.muted });
  for (const index of [0, Math.floor(points.length / 2), points.length - 1]) {
    sheet.line(points[index]?.day.slice(8) ?? "", {
      x: across(index) - 8,
      y: floor + 4,
      width: 16,
      size: 6.5,
      align: "center",
      colour: INK.muted,
    });
  }
}

const PART_FILLS = [INK.accent, "#3f7fb5", "#b0479a", INK.warning, "#4b9a9a", "#7b5aa6", "#a6a9b4"] as const;

export function drawDetectors(
  sheet: Sheet,
  { x, y, width }: Box,
  parts: ReturnType<typeof prepareDetectors>["parts"],
): void {
  let left = x;
  parts.forEach(({ share, name, impacts, key }, index) => {
    const fill = key === "customer" ? INK.warning : (PART_FILLS[index % PART_FILLS.length] ?? INK.accent);
    sheet.doc.rect(left, y, Math.max(1, share * width - 1), 16).fill(fill);
    left += share * width;
    const top = y + 26 + index * 14;
    sheet.doc.rect(x, top, 7, 7).fill(fill);
    sheet.line(`${name} ${String(impacts)}`, { x: x + 13, y: top - 1, width: width - 13, size: 8 });
  });
}
