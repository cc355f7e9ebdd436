/** Links to timelines. A link's token is in the answer to `create` once and is never asked for again. */
import { queryOptions } from "@tanstack/react-query";
import { IssuedShareLink, ShareLinkList, type NewShareLink } from "@/lib/contract/share-link";
import { callApi, jsonRequest } from "./call-api";

/** One's own, or everybody's for those who administer. */
export function shareLinksQuery(everybody = false) {
  return queryOptions({
    queryKey: ["share-links", everybody],
    queryFn: async ({ signal }) =>
      ShareLinkList.parse(await callApi(`/api/v1/share-links${everybody ? "?all=1" : ""}`, { signal })),
  });
}

/** The whole address of the new link, to be shown once. */
export async function createShareLink(wish: NewShareLink): Promise<string> {
  const { path } = IssuedShareLink.parse(await callApi("/api/v1/share-links", jsonRequest("POST", wish)));
  return new URL(path, window.location.origin).href;
}

export async function revokeShareLink(id: string): Promise<void> {
  await callApi(`/api/v1/share-links/${encodeURIComponent(id)}`, { method: "DELETE" });
}
