/** A review for chat: at most fifteen lines, nobody's name, and the way back. Pure. */
import type { Estimate } from "@/lib/contract/noise-report";
import type { ReviewView } from "@/lib/contract/review";
import { plainMarkdown } from "@/lib/stream/plain-markdown";

const DECISIONS = 5;

export function exportReviewMarkdown(view: ReviewView, url: string): string {
  const { report, month, state, decisions } = view;
  const shown = decisions.filter((one) => one.state !== "dropped").slice(0, DECISIONS);
  const rest = decisions.length - shown.length;
  return [
    `**Alert review ${month}** (${state})`,
    ...report.numbers.map((one) => `- ${one.title}: ${text(one.estimate, one.unit)}`),
    ...report.sentences.map((sentence) => plainMarkdown(sentence)),
    ...shown.map((one) => `- Decided: ${one.kind} ${plainMarkdown(one.ruleName)}, due ${one.dueOn}`),
    ...(rest > 0 ? [`${String(rest)} more decisions`] : []),
    url,
  ]
    .slice(0, 15)
    .map((line) => `${line}\n`)
    .join("");
}

function text({ value, low, high, why }: Estimate, unit: string): string {
  if (value === null) return why === "" ? "not known" : why;
  const write = (number: number): string =>
    unit === "share" ? `${String(Math.round(number * 100))} %` : String(Math.round(number * 10) / 10);
  const range = low === null || high === null ? "" : ` (${write(low)} to ${write(high)})`;
  return `${write(value)}${unit === "share" ? "" : ` ${unit}`}${range}`;
}
