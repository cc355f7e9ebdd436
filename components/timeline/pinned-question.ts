/** The question on screen with its times made absolute: what is handed on must mean the same tomorrow. Pure. */
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";

export function pinnedQuestion(
  question: TimelineQuestion,
  { query, live }: Pick<TimelineSnapshot, "query" | "live">,
): TimelineQuestion {
  if (!query) return question;
  // What goes on has no end yet.
  return { ...question, from: query.from, to: live === "off" ? query.to : null, live: false };
}

/** As the calls that share and export take it. */
export function questionBody({ keys, from, to, widen = [] }: TimelineQuestion) {
  return {
    keys: [...keys],
    ...(from !== null && { from }),
    ...(to !== null && { to }),
    ...(widen.length > 0 && { widen: [...widen] }),
  };
}
