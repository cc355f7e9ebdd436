/** The signed-in person's API tokens. The secret is in the answer to `create` once and is never asked for again. */
import { queryOptions } from "@tanstack/react-query";
import { ApiTokenList, IssuedApiToken, type NewApiToken } from "@/lib/contract/api-token";
import { Problem } from "@/lib/contract/problem";

export const apiTokensQuery = queryOptions({
  queryKey: ["api-tokens"],
  queryFn: async ({ signal }) => ApiTokenList.parse(await call("/api/v1/tokens", { signal })).tokens,
});

/** The token's text, to be shown once. */
export async function createApiToken(wanted: NewApiToken): Promise<string> {
  const body = JSON.stringify(wanted);
  const headers = { "content-type": "application/json" };
  return IssuedApiToken.parse(await call("/api/v1/tokens", { method: "POST", body, headers })).token;
}

export async function revokeApiToken(id: string): Promise<void> {
  await call(`/api/v1/tokens/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/** What may be shown: our own words for the problem's code. */
export class CallFailed extends Error {
  constructor(
    readonly code: string,
    readonly detail?: string,
  ) {
    super(code);
  }
}

async function call(path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(path, init);
  if (response.ok) return response.status === 204 ? undefined : response.json();
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  if (!problem.success) throw new CallFailed(`http-${String(response.status)}`);
  throw new CallFailed(problem.data.code, problem.data.detail);
}
