/** A whole timeline at once, for a page that does not grow. */
import { queryOptions } from "@tanstack/react-query";
import { TimelineAnswer } from "@/lib/contract/timeline-answer";
import { callApi } from "./call-api";
import { timelineUrl, type TimelineQuestion } from "./timeline-stream";

/** Asked once: paper does not change under its reader. Throws `CallFailed`. */
export function timelineAnswerQuery(question: TimelineQuestion) {
  const address = timelineUrl({ ...question, live: false });
  return queryOptions({
    queryKey: ["timeline-answer", address],
    staleTime: Infinity,
    queryFn: async ({ signal }) => TimelineAnswer.parse(await callApi(address, { signal })),
  });
}
