/** The failing run of a question beside healthy runs of its workflow. */
import { queryOptions } from "@tanstack/react-query";
import { ComparisonView } from "@/lib/contract/comparison-view";
import { Problem } from "@/lib/contract/problem";
import { questionParameters, type TimelineQuestion } from "./timeline-stream";

/** `trace`: the run to compare; without it the one at the likely break point. Asked once: a run that ended does not change. */
export function comparisonQuery(question: TimelineQuestion, trace?: string) {
  const parameters = questionParameters(question);
  if (trace !== undefined) parameters.set("trace", trace);
  const address = `/api/v1/timeline/comparison?${parameters.toString()}`;
  return queryOptions({
    queryKey: ["comparison", address],
    staleTime: Infinity,
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await fetch(address, { signal });
      if (response.ok) return ComparisonView.parse(await response.json());
      const problem = Problem.safeParse(await response.json().catch(() => undefined));
      throw new ComparisonFailed(problem.success ? problem.data.code : `http-${String(response.status)}`);
    },
  });
}

/** The message is our code for it, nothing else. */
export class ComparisonFailed extends Error {}
