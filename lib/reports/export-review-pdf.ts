/** A review on paper: the memo, the charts, and an appendix that says what every number means and how sure it is. */
import { prepareLastMonth } from "@/lib/contract/noise-charts/prepare-last-month";
import type { Estimate, HeadNumber } from "@/lib/contract/noise-report";
import { CHANGE_WORDS, DECISION_WORDS, estimateText, monthName } from "@/lib/contract/noise-charts/report-words";
import type { DecisionView, ReviewView } from "@/lib/contract/review";
import { drawAppendix } from "./pdf/draw-appendix";
import { drawCharts } from "./pdf/draw-charts";
import { drawTable } from "./pdf/draw-table";
import { INK, MARGIN, Sheet, WIDTH } from "./pdf/sheet";

/** The same view gives the same bytes. `compress: false` leaves the text readable in the file. */
export async function exportReviewPdf(view: ReviewView, { compress = true } = {}): Promise<Buffer> {
  const { report, month } = view;
  const title = `Alert review, ${monthName(month)}`;
  const sheet = Sheet.open(title, new Date(report.watermark), compress);
  drawMemo(sheet, view, title);
  sheet.turn();
  drawCharts(sheet, view);
  sheet.turn();
  drawAppendix(sheet, view);
  return sheet.finish(
    `${title}, ${view.state}, data up to ${minute(report.watermark)}${view.hash === null ? "" : `, SHA-256 ${view.hash.slice(0, 16)}`}`,
  );
}

function drawMemo(sheet: Sheet, view: ReviewView, title: string): void {
  const { report } = view;
  sheet.line(title, { size: 18, strong: true });
  sheet.y += 26;
  sheet.line(
    `${STATES[view.state]} Data up to ${minute(report.watermark)}. ${view.signatures.map(({ by, as }) => `Signed by ${by} as ${as}.`).join(" ")}`,
    {
      size: 8,
      colour: INK.muted,
    },
  );
  sheet.y += 20;
  drawNumbers(sheet, report.numbers);
  for (const sentence of report.sentences) sheet.paragraph(`•  ${sentence}`, { size: 10 });
  if (view.summary !== "") sheet.paragraph(view.summary, { size: 9.5 });
  drawRestatement(sheet, view);
  sheet.heading("Decisions");
  drawDecisions(sheet, view.decisions, "Nothing was decided yet.");
  if (view.carriedOver.length > 0) {
    sheet.heading("Carried over");
    drawDecisions(sheet, view.carriedOver, "");
  }
  const { decisions: lastMonth } = prepareLastMonth(view);
  if (lastMonth.length > 0) {
    sheet.heading("What last month's decisions brought");
    drawTable(
      sheet,
      [
        { name: "Decision", share: 3 },
        { name: "Expected in 30 days", share: 2.4 },
        { name: "Measured pages in 30 days", share: 3 },
      ],
      lastMonth.map((one) => [`${DECISION_WORDS[one.kind]} ${one.ruleName}`, expectedText(one), measuredText(one)]),
    );
  }
}

const STATES = { running: "The month is not over.", draft: "Draft.", signed: "Signed." } as const;

function drawNumbers(sheet: Sheet, numbers: readonly HeadNumber[]): void {
  const width = WIDTH / 5;
  const top = sheet.y;
  sheet.rule();
  numbers.forEach((one, index) => {
    const x = MARGIN + index * width;
    const inner = width - 10;
    sheet.line(one.title, { x, y: top + 8, width: inner, size: 8, colour: INK.muted });
    const isShown = one.estimate.value !== null;
    sheet.line(mainText(one.estimate, one.unit), {
      x,
      y: top + 20,
      width: inner,
      size: isShown ? 16 : 8.5,
      strong: true,
    });
    sheet.line(intervalText(one), { x, y: top + 42, width: inner, size: 7.5, colour: INK.muted });
    sheet.line(CHANGE_WORDS[one.change], { x, y: top + 54, width: inner, size: 7.5 });
    sheet.line(one.before === null ? "" : `was ${estimateText(one.before, one.unit)}`, {
      x,
      y: top + 65,
      width: inner,
      size: 7,
      colour: INK.muted,
    });
  });
  sheet.y = top + 84;
  sheet.rule();
  sheet.y += 12;
}

const mainText = (estimate: Estimate, unit: string): string =>
  estimateText({ ...estimate, low: null, high: null }, unit);

function intervalText({ estimate: { value, low, high, n }, unit }: HeadNumber): string {
  if (value === null) return `n = ${String(n)}`;
  const range =
    low === null || high === null
      ? "counted"
      : estimateText({ value, low, high, n, why: "" }, unit).replace(/^.*\(/, "").replace(")", "");
  return `${range}${unit === "share" ? "" : `, ${unit}`}`;
}

function drawRestatement(sheet: Sheet, { restatement }: ReviewView): void {
  if (restatement === null || restatement.lines.length === 0) return;
  const lines = restatement.lines.map(
    ({ title, signed, now }) => `${title} ${number(signed)} signed, ${number(now)} now`,
  );
  sheet.paragraph(
    `Restated ${minute(restatement.asOf)} (${String(restatement.lateVerdicts)} late verdicts): ${lines.join("; ")}.`,
    {
      size: 8.5,
      colour: INK.warning,
    },
  );
}

function drawDecisions(sheet: Sheet, decisions: readonly DecisionView[], none: string): void {
  if (decisions.length === 0) {
    sheet.paragraph(none, { colour: INK.muted });
    return;
  }
  drawTable(
    sheet,
    [
      { name: "Decision", share: 3 },
      { name: "Why", share: 3 },
      { name: "Owner", share: 1.6 },
      { name: "Due", share: 1.3 },
      { name: "Expected in 30 days", share: 1.8 },
      { name: "State", share: 1.2 },
    ],
    decisions.map((one) => [
      `${DECISION_WORDS[one.kind]} ${one.ruleName}`,
      one.why,
      one.owner,
      one.dueOn,
      expectedText(one),
      one.state,
    ]),
  );
}

function expectedText({ expected: { pages, wakeUps, personMinutes, words } }: DecisionView): string {
  const parts = [
    pages === null ? "" : `${String(pages)} pages`,
    wakeUps === null ? "" : `${String(wakeUps)} wake-ups`,
    personMinutes === null ? "" : `${String(personMinutes)} min`,
    words,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "not said" : parts.join(", ");
}

function measuredText({ measured, notMeasured }: DecisionView): string {
  if (measured === null) return notMeasured;
  const { pages, ratio } = measured;
  const factor =
    ratio.value === null || ratio.low === null || ratio.high === null
      ? ""
      : `, x${ratio.value.toFixed(2)} (${ratio.low.toFixed(2)}-${ratio.high.toFixed(2)})`;
  return `${pages.before.toFixed(1)} before, ${pages.after.toFixed(1)} after${factor}`;
}

const minute = (instant: string): string => `${instant.slice(0, 16).replace("T", " ")} UTC`;
const number = (value: number | null): string => (value === null ? "not known" : String(Math.round(value * 100) / 100));
