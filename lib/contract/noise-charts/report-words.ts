/** How numbers of the review are written. Pure. */
import type { Estimate, NoiseReport, RuleLine } from "@/lib/contract/noise-report";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** `October 2026`. */
export function monthName(month: string): string {
  return `${MONTHS[Number(month.slice(5)) - 1] ?? month} ${month.slice(0, 4)}`;
}

/** `84 %`, `3.2`, `1,204`: a share is told in per cent, a count whole, a rate with one digit. */
export function formatValue(value: number, unit: string): string {
  if (unit === "share") return `${String(Math.round(value * 100))} %`;
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString("en-GB");
  return value.toFixed(1);
}

/** `84 % (61–95)`; without a value why there is none. */
export function estimateText({ value, low, high, why }: Estimate, unit: string): string {
  if (value === null) return why === "" ? "not known" : why;
  return formatValue(value, unit) + rangeText(low, high, unit);
}

/** ` (61–95)`, or nothing where the number is counted and not estimated. */
export function rangeText(low: number | null, high: number | null, unit: string): string {
  if (low === null || high === null) return "";
  return ` (${formatValue(low, unit).replace(" %", "")}–${formatValue(high, unit).replace(" %", "")})`;
}

/** `6 h 20 min` from person-minutes. */
export function minutesText(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 60) return `${String(whole)} min`;
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  return rest === 0 || hours >= 100 ? `${hours.toLocaleString("en-GB")} h` : `${String(hours)} h ${String(rest)} min`;
}

/** `4 min 10 s`. */
export function secondsText(seconds: number | null): string {
  if (seconds === null) return "not known";
  if (seconds < 60) return `${String(Math.round(seconds))} s`;
  if (seconds < 3600) {
    const rest = Math.round(seconds % 60);
    return `${String(Math.floor(seconds / 60))} min${rest === 0 ? "" : ` ${String(rest)} s`}`;
  }
  return minutesText(seconds / 60);
}

export const CHANGE_WORDS = {
  lower: "lower than the month before",
  higher: "higher than the month before",
  "no-clear-change": "no clear change",
  "not-known": "change not known",
} as const;

export const DECISION_WORDS = {
  keep: "Keep",
  tune: "Tune",
  route: "Route to dashboard",
  delete: "Delete",
  invest: "Invest",
} as const;

export const LINT_WORDS: Readonly<Record<string, string>> = {
  "single-warning-pages": "pages for a single warning",
  "retry-pages": "pages for an attempt that succeeded on retry",
  "expected-batch": "fires on a schedule",
  "no-owner": "nobody owns it",
  "no-runbook": "no runbook",
  "never-actionable": "never judged actionable",
  "never-fired": "has not fired in 180 days",
  stale: "on for more than a day",
  "old-silence": "silenced for more than 30 days",
  "routed-to-nobody": "goes to nobody",
};

/** How a fire ended, and what opens those that did. */
export const ENDING_WORDS = {
  "after-act": "After a person had acted",
  alone: "By itself: somebody was paged, nobody is known to have acted",
  "not-known": "Not known: nobody is known to have been paged",
} as const;
export const ENDING_FIGURES = {
  "after-act": "ended-after-act",
  alone: "ended-alone",
  "not-known": "ending-not-known",
} as const;

/** A share that rests on verdicts that nobody was asked for, of some of what pages. */
export function isVolunteered({ basis, worthPaging }: Pick<RuleLine, "basis" | "worthPaging">): boolean {
  return basis !== null && worthPaging.value !== null && basis.asked === 0 && basis.volunteered < basis.of;
}

/** Whose verdicts a rule's worth rests on; empty where no share is shown, or where it was not measured. */
export function basisText({ basis, worthPaging }: Pick<RuleLine, "basis" | "worthPaging">): string {
  if (basis === null || worthPaging.value === null) return "";
  const { asked, volunteered, of } = basis;
  const judged = asked + volunteered;
  if (judged >= of) return `all ${String(of)} judged`;
  const how = isVolunteered({ basis, worthPaging })
    ? ": volunteered verdicts, likely biased"
    : `, ${String(asked)} drawn at random`;
  return `${String(judged)} of ${String(of)} judged${how}`;
}

/** How far weak labels can be trusted: how often people who judged the same say the same. */
export function weakText(weak: NoiseReport["weak"]): string {
  if (weak === null) return "not measured then";
  const { agreement } = weak;
  return agreement.value === null ? agreement.why : `${estimateText(agreement, "share")} of ${String(agreement.n)}`;
}

export const ESTIMATE_NOTE =
  "No pager told of pages. Estimated: alerts that began at a receiver that pages, and these for each person of their team who was on call. In no total; nobody's nights are made of them.";
