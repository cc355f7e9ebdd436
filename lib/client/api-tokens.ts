/** The signed-in person's API tokens. The secret is in the answer to `create` once and is never asked for again. */
import { queryOptions } from "@tanstack/react-query";
import { ApiTokenList, IssuedApiToken, type NewApiToken } from "@/lib/contract/api-token";
import { callApi, jsonRequest } from "./call-api";

export const apiTokensQuery = queryOptions({
  queryKey: ["api-tokens"],
  queryFn: async ({ signal }) => ApiTokenList.parse(await callApi("/api/v1/tokens", { signal })).tokens,
});

/** The token's text, to be shown once. */
export async function createApiToken(wanted: NewApiToken): Promise<string> {
  return IssuedApiToken.parse(await callApi("/api/v1/tokens", jsonRequest("POST", wanted))).token;
}

export async function revokeApiToken(id: string): Promise<void> {
  await callApi(`/api/v1/tokens/${encodeURIComponent(id)}`, { method: "DELETE" });
}
