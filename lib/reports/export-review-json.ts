/** A review as JSON: what the API answers, readable by people. Pure. */
import type { ReviewView } from "@/lib/contract/review";

export function exportReviewJson(view: ReviewView): string {
  return `${JSON.stringify(view, null, 2)}\n`;
}
