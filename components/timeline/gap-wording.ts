/** What each kind of evidence gap is called. "Could not be fetched" differs from "hidden" and from "not recorded". Pure. */
import type { GapView } from "@/lib/contract/timeline-answer";

const TITLES: Record<GapView["reason"], string> = {
  "not-configured": "Not connected",
  "not-permitted": "Hidden for your role",
  refused: "Could not be reached",
  timeout: "Did not answer in time",
  denied: "Refused our access",
  "rate-limited": "Asked us to slow down",
  busy: "Not asked: too many questions at once",
  "bad-response": "Answered something unreadable",
  rejected: "Did not accept the query",
  truncated: "More exists than was fetched",
  partial: "Answered only in part",
  retention: "No longer kept",
  "id-absent": "Records carry no such id",
  hub: "Too widely shared to follow",
  budget: "Search stopped at its limit",
  sampled: "Trace was not stored",
  "clock-skew": "Clocks disagree too much",
  unlinked: "Unlinked by a person",
};

export function gapTitle(reason: GapView["reason"]): string {
  return TITLES[reason];
}

/** `500 of 12,000 shown`, `500 of unknown shown`; nothing when no count was given. */
export function gapCount(gap: Pick<GapView, "shown" | "total">): string | undefined {
  if (gap.shown === undefined && gap.total === undefined) return undefined;
  const shown = gap.shown === undefined ? "unknown" : gap.shown.toLocaleString("en");
  return `${shown} of ${gap.total === undefined ? "unknown" : gap.total.toLocaleString("en")} shown`;
}

const NO_FAULT: ReadonlySet<GapView["reason"]> = new Set([
  "not-configured",
  "not-permitted",
  "id-absent",
  "hub",
  "unlinked",
]);

/** A gap of permission or of choice is no fault; the others mean that something is missing that could have been here. */
export function isFault(reason: GapView["reason"]): boolean {
  return !NO_FAULT.has(reason);
}
