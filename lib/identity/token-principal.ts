/** API token to principal: in the token's own role, as long as its owner still has that role. */
import "server-only";
import type { Principal } from "@/lib/domain/principal";
import type { ApiToken } from "@/lib/store/api-token";
import { store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { hashTokenText, parseBearer } from "./token-text";

/** Null for a token that is malformed, unknown, revoked, expired, or whose owner is disabled or lost its role. */
export async function tokenPrincipal(authorization: string, now: Date): Promise<Principal | null> {
  const text = parseBearer(authorization);
  if (text === null) return null;
  const { tokens, users } = await store();
  const token = await tokens.findByHash(hashTokenText(text));
  if (!token) return null;
  const principal = checkToken(token, await users.findById(token.userId), now);
  if (principal) await tokens.noteUse(token.id, now);
  return principal;
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
