/** The tokens of the person who asks, as the API shows them. */
import "server-only";
import type { z } from "zod";
import type { ApiTokenList, ApiTokenView, IssuedApiToken, NewApiToken } from "@/lib/contract/api-token";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import type { ApiToken } from "@/lib/store/api-token";
import { store } from "@/lib/store/open-store";
import { issueToken, revokeToken } from "./api-tokens";

export async function listOwnTokens(principal: Principal): Promise<z.infer<typeof ApiTokenList>> {
  const { tokens } = await store();
  return { tokens: (await tokens.list(principal.userId)).map(viewOf) };
}

/** A token cannot make tokens: whoever steals one for a day must not turn it into one for a year. */
export async function issueOwnToken(principal: Principal, wish: NewApiToken): Promise<z.infer<typeof IssuedApiToken>> {
  refuseTokens(principal);
  const opened = await store();
  const owner = await opened.users.findById(principal.userId);
  if (!owner) throw new ProblemError("unauthenticated");
  const { text, token } = await issueToken({ ...wish, owner, actor: owner.id }, opened, new Date());
  return { ...viewOf(token), token: text };
}

export async function revokeOwnToken(principal: Principal, tokenId: string): Promise<void> {
  // A script may give up its own token, and no other.
  if (principal.tokenId !== tokenId) refuseTokens(principal);
  const { userId, role } = principal;
  await revokeToken({ tokenId, actor: userId, role, ownerId: userId }, await store(), new Date());
}

function refuseTokens(principal: Principal): void {
  if (principal.via === "token") {
    throw new ProblemError("forbidden", { detail: "Sign in to manage tokens; a token cannot do it." });
  }
}

function viewOf({ userId: _userId, ...token }: ApiToken): ApiTokenView {
  return {
    ...token,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt.toISOString(),
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    revokedAt: token.revokedAt?.toISOString() ?? null,
  };
}
