/** Alert history, verdicts and the backlog as pages read and change them. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { BacklogView, EpisodePage, JudgedView, type LinkVerdict, type NewVerdict } from "@/lib/contract/alerts";
import { AlertRules } from "@/lib/contract/alert-rules";
import { EpisodeDetail } from "@/lib/contract/episode-detail";
import { callApi, jsonRequest } from "./call-api";

const PATH = "/api/v1/alerts";

/** What the page filters by; empty strings are absent. */
export type AlertFilter = Readonly<Record<string, string>>;

export function rulesQuery(filter: AlertFilter) {
  return queryOptions({
    queryKey: ["alert-rules", filter],
    queryFn: async ({ signal }) => AlertRules.parse(await callApi(`${PATH}/rules?${search(filter)}`, { signal })),
    refetchOnWindowFocus: false,
  });
}

export function episodesQuery(filter: AlertFilter) {
  return infiniteQueryOptions({
    queryKey: ["alert-episodes", filter],
    queryFn: async ({ signal, pageParam }) =>
      EpisodePage.parse(await callApi(`${PATH}/episodes?${search({ ...filter, cursor: pageParam })}`, { signal })),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchOnWindowFocus: false,
  });
}

export function episodeQuery(id: string) {
  return queryOptions({
    queryKey: ["alert-episode", id],
    queryFn: async ({ signal }) => EpisodeDetail.parse(await callApi(`${PATH}/episodes/${id}`, { signal })),
  });
}

export const backlogQuery = queryOptions({
  queryKey: ["verdict-backlog"],
  queryFn: async ({ signal }) => BacklogView.parse(await callApi(`${PATH}/backlog`, { signal })),
  // The list is worked off: it is not exchanged under the reader's hands.
  staleTime: Infinity,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
});

export async function judge(verdict: NewVerdict): Promise<JudgedView> {
  return JudgedView.parse(await callApi(`${PATH}/verdicts`, jsonRequest("POST", verdict)));
}

export async function judgeByLink(token: string, verdict: LinkVerdict): Promise<void> {
  await callApi(`/api/v1/judge/${encodeURIComponent(token)}`, jsonRequest("POST", verdict));
}

function search(filter: AlertFilter): string {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== "")).toString();
}
