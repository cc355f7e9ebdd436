/** Addresses of timeline pages. Pure. */
import type { TimelineQuestion } from "./timeline-stream";

export function timelineHref(question: TimelineQuestion): string {
  const parameters = new URLSearchParams(question.keys.map((key) => ["key", key]));
  if (question.from !== null) parameters.set("from", question.from);
  if (question.to !== null) parameters.set("to", question.to);
  return `/timeline?${parameters.toString()}`;
}

/** The same question with one more key. */
export function widenHref(question: TimelineQuestion, key: string): string {
  return timelineHref({ ...question, keys: [...question.keys, key] });
}
