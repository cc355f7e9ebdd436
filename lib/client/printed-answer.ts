/** A timeline for paper: an export like the files, so it is refused and recorded as they are. */
import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { TimelineAnswer } from "@/lib/contract/timeline-answer";
import type { TimelineExport } from "@/lib/contract/timeline-export";
import { callApi, jsonRequest } from "./call-api";
import type { TimelineQuestion } from "./timeline-stream";

const ExportedAnswer = TimelineAnswer.extend({ exportedAt: z.string(), policy: z.string() });

/** Asked once: paper does not change under its reader, and every asking is on record. Throws `CallFailed`. */
export function printedAnswerQuery({ keys, from, to, widen = [], continuations = [] }: TimelineQuestion) {
  const wish: TimelineExport = {
    keys: [...keys],
    ...(from !== null && { from }),
    ...(to !== null && { to }),
    ...(widen.length > 0 && { widen: [...widen] }),
    ...(continuations.length > 0 && { continue: [...continuations] }),
    format: "json",
  };
  return queryOptions({
    queryKey: ["printed-answer", wish],
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async ({ signal }) => {
      const answer = await callApi("/api/v1/timeline/export", { ...jsonRequest("POST", wish), signal });
      return ExportedAnswer.parse(answer);
    },
  });
}
