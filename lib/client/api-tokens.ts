/** The signed-in person's API tokens. The secret is in the answer to `create` once and is never asked for again. */
import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { Problem } from "@/lib/contract/problem";

const Instant = z.string().nullable();
const ApiToken = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  prefix: z.string(),
  createdAt: z.string(),
  expiresAt: Instant,
  lastUsedAt: Instant,
  revokedAt: Instant,
});
export type ApiToken = z.infer<typeof ApiToken>;
const TokenList = z.object({ tokens: z.array(ApiToken) });
const CreatedToken = z.object({ token: z.string() });

export interface NewToken {
  readonly name: string;
  readonly role: string;
  readonly days: number;
}

export const apiTokensQuery = queryOptions({
  queryKey: ["api-tokens"],
  queryFn: async ({ signal }) => TokenList.parse(await call("/api/v1/tokens", { signal })).tokens,
});

/** The token's text, to be shown once. */
export async function createApiToken(wanted: NewToken): Promise<string> {
  const body = JSON.stringify(wanted);
  const headers = { "content-type": "application/json" };
  return CreatedToken.parse(await call("/api/v1/tokens", { method: "POST", body, headers })).token;
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
