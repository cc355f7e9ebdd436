/** API token to principal: in the token's own role, as long as its owner still has that role. */
import "server-only";
import type { Principal } from "@/lib/domain/principal";
import type { ApiToken } from "@/lib/store/api-token";
import { store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { hashTokenText, parseBearer } from "./token-text";

/**
 * Null for a token that is malformed, unknown, revoked, expired, or whose owner is disabled or lost its role. Counts as
 * use.
 */
export async function tokenPrincipal(authorization: string, now: Date): Promise<Principal | null> {
  const principal = await tokenStanding(authorization, now);
  if (principal?.tokenId !== undefined) await noteUse(principal, principal.tokenId, now);
  return principal;
}

/** On record with the first use of every hour: each call of a script would bury everything else. */
async function noteUse({ userId: actor, role }: Principal, tokenId: string, now: Date): Promise<void> {
  const { tokens, audit } = await store();
  if (await tokens.noteUse(tokenId, now)) {
    await audit.append({ actor, role, action: "token.use", detail: { tokenId } });
  }
}

/** The same without counting as use, for looking again. */
export async function tokenStanding(authorization: string, now: Date): Promise<Principal | null> {
  const text = parseBearer(authorization);
  if (text === null) return null;
  const { tokens, users } = await store();
  const token = await tokens.findByHash(hashTokenText(text));
  return token && checkToken(token, await users.findById(token.userId), now);
}

/** Pure half of the above. */
export function checkToken(token: ApiToken, user: User | null, now: Date): Principal | null {
  if (token.revokedAt !== null || token.expiresAt <= now) return null;
  if (!user || user.disabledAt !== null || !user.roles.includes(token.role)) return null;
  return {
    userId: user.id,
    displayName: user.name,
    email: user.email,
    role: token.role,
    teams: user.teams,
    via: "token",
    tokenId: token.id,
  };
}
