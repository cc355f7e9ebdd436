/** What each kind of evidence gap is called, on pages and in exports. Pure. */
import type { GapReason } from "@/lib/domain/evidence-gap";

const TITLES: Record<GapReason, string> = {
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

/** "Could not be fetched" differs from "hidden" and from "not recorded". */
export function gapTitle(reason: GapReason): string {
  return TITLES[reason];
}
