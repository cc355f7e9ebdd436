/** Addresses of timeline pages. Pure. */
import { questionParameters, type TimelineQuestion } from "./timeline-stream";

export function timelineHref(question: TimelineQuestion): string {
  return `/timeline?${questionParameters(question).toString()}`;
}

/** The same question, the boundary at one key crossed. */
export function widenHref(question: TimelineQuestion, key: string): string {
  return timelineHref({ ...question, widen: [...(question.widen ?? []), key] });
}

/** The same question, with the rest of one cut-off fetch. */
export function continueHref(question: TimelineQuestion, continuation: string): string {
  return timelineHref({ ...question, continuations: [...(question.continuations ?? []), continuation] });
}
