/** A review for chat: at most fifteen lines, nobody's name, and the way back. Pure. */
import { estimateText } from "@/lib/contract/noise-charts/report-words";
import type { HeadNumber } from "@/lib/contract/noise-report";
import type { ReviewView } from "@/lib/contract/review";
import { plainMarkdown } from "@/lib/stream/plain-markdown";

const LINES = 15;
/** With heading, numbers, sentences and the way back they just fit. */
const DECISIONS = 4;

export function exportReviewMarkdown(view: ReviewView, url: string): string {
  const { report, month, state, decisions } = view;
  const standing = decisions.filter((one) => one.state !== "dropped");
  const asked = listedText(view);
  const shown = standing.slice(0, DECISIONS - asked.length);
  const rest = standing.length - shown.length;
  const body = [
    `**Alert review ${month}** (${state})`,
    ...report.numbers.map((one) => `- ${one.title}: ${told(one)}`),
    ...report.sentences.map((sentence) => plainMarkdown(sentence)),
    ...shown.map((one) => `- Decided: ${one.kind} ${plainMarkdown(one.ruleName)}, due ${one.dueOn}`),
    ...(rest > 0 ? [`${String(rest)} more decisions`] : []),
    ...asked,
  ];
  // The way back is never what is cut.
  return [...body.slice(0, LINES - 1), url].map((line) => `${line}\n`).join("");
}

/** One line for what somebody should be asked about. */
function listedText({ listed }: ReviewView): string[] {
  const count = (kind: ReviewView["listed"][number]["kind"]) => listed.filter((one) => one.kind === kind).length;
  const [silences, rules] = [count("old-silence"), count("never-fired")];
  if (silences + rules === 0) return [];
  return [
    `Ask about: ${String(silences)} silences older than 30 days, ${String(rules)} rules that did not fire in 180`,
  ];
}

/** `11 (5–30) wake-ups`; a share has its unit already. */
function told({ estimate, unit }: HeadNumber): string {
  const isBare = estimate.value === null || unit === "share";
  return `${estimateText(estimate, unit)}${isBare ? "" : ` ${unit}`}`;
}
