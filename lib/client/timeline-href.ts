/** Addresses of timeline pages. Pure. */
import { questionParameters, type TimelineQuestion } from "./timeline-stream";

export function timelineHref(question: TimelineQuestion): string {
  return `/timeline?${questionParameters(question).toString()}`;
}
