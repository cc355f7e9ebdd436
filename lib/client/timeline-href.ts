/** Addresses of timeline pages. Pure. */
import { questionParameters, type TimelineQuestion } from "./timeline-stream";

export function timelineHref(question: TimelineQuestion): string {
  return `/timeline?${questionParameters(question).toString()}`;
}

/** The same as a page for paper. */
export function printHref(question: TimelineQuestion): string {
  return `/timeline/print?${questionParameters({ ...question, live: false }).toString()}`;
}
