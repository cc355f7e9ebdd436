/** The month of an address, with the format that a file of it is asked in. Pure. */
import { ReviewMonth } from "@/lib/contract/review";
import { ProblemError } from "@/lib/platform/problem-error";

/** `2026-10`. Throws `ProblemError("bad-request")`. */
export function parseMonth(text: string | null): string {
  const month = ReviewMonth.safeParse(text);
  if (month.success) return month.data;
  throw new ProblemError("bad-request", { field: "month", detail: "Expected a month, such as 2026-10." });
}

/** `2026-10.csv` → the month and `csv`; no suffix for the review itself. */
export function splitSuffix(segment: string): { readonly month: string; readonly suffix: string } {
  const dot = segment.indexOf(".");
  return dot < 0 ? { month: segment, suffix: "" } : { month: segment.slice(0, dot), suffix: segment.slice(dot + 1) };
}
