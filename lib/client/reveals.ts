/** Break-glass from a page: what is open, asking for more, and the steps of others. */
import { queryOptions } from "@tanstack/react-query";
import { AccessCounts, RevealCreated, RevealList, type NewReveal } from "@/lib/contract/reveal";
import { callApi, jsonRequest } from "./call-api";

const PATH = "/api/v1/reveals";

/** What somebody else answers or ends should be seen soon. */
const OPEN_MS = 5_000;
const AT_REST_MS = 60_000;

/** Of one incident, by the keys it was asked by; without keys all that the reader may know. */
export function revealsQuery(keys: readonly string[]) {
  const question = new URLSearchParams(keys.map((key) => ["key", key])).toString();
  return queryOptions({
    queryKey: ["reveals", ...keys],
    queryFn: async ({ signal }) =>
      RevealList.parse(await callApi(question === "" ? PATH : `${PATH}?${question}`, { signal })),
    refetchInterval: ({ state }) =>
      state.data?.reveals.some(({ mine, state: now }) => mine && (now === "waiting" || now === "in-force"))
        ? OPEN_MS
        : AT_REST_MS,
    refetchIntervalInBackground: true,
  });
}

export const accessCountsQuery = queryOptions({
  queryKey: ["access-counts"],
  queryFn: async ({ signal }) => AccessCounts.parse(await callApi(`${PATH}/counts`, { signal })),
});

export async function askForReveal(wish: NewReveal): Promise<RevealCreated> {
  return RevealCreated.parse(await callApi(PATH, jsonRequest("POST", wish)));
}

export type RevealStep = "approve" | "refuse" | "end" | "review";

export async function takeRevealStep({ id, step }: { id: string; step: RevealStep }): Promise<void> {
  await callApi(`${PATH}/${encodeURIComponent(id)}/${step}`, { method: "POST" });
}
