/** Issue, list and revoke API tokens. The text of a token exists only in the answer to its creation. */
import "server-only";
import type { Role } from "@/lib/domain/role";
import { ProblemError } from "@/lib/platform/problem-error";
import type { ApiToken } from "@/lib/store/api-token";
import type { Store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { createTokenText, hashTokenText, tokenPrefix } from "./token-text";

export const MAX_TOKEN_DAYS = 365;
const DAY_MS = 24 * 60 * 60 * 1000;

type TokenStore = Pick<Store, "tokens" | "audit">;

export interface TokenWish {
  readonly owner: User;
  /** Who asks: a user id, or `command`. */
  readonly actor: string;
  readonly name: string;
  readonly role: Role;
  readonly days: number;
}

export interface IssuedToken {
  /** The only time anybody sees it. */
  readonly text: string;
  readonly token: ApiToken;
}

/** Throws `ProblemError("bad-request")` for a role the owner does not have or a lifetime out of range. */
export async function issueToken(wish: TokenWish, { tokens, audit }: TokenStore, now: Date): Promise<IssuedToken> {
  const { owner, actor, name, role, days } = wish;
  if (!owner.roles.includes(role)) {
    throw new ProblemError("bad-request", { field: "role", detail: "The owner does not have this role." });
  }
  if (!Number.isInteger(days) || days < 1 || days > MAX_TOKEN_DAYS) {
    throw new ProblemError("bad-request", { field: "days", detail: `Expected 1 to ${MAX_TOKEN_DAYS} whole days.` });
  }
  const text = createTokenText();
  const token = await tokens.create({
    userId: owner.id,
    name,
    role,
    hash: hashTokenText(text),
    prefix: tokenPrefix(text),
    expiresAt: new Date(now.getTime() + days * DAY_MS),
  });
  await audit.append({ actor, role, action: "token.issue", detail: { tokenId: token.id, ownerId: owner.id, days } });
  return { text, token };
}

export interface Revocation {
  readonly tokenId: string;
  readonly actor: string;
  readonly role: string;
  /** Only a token of this person; without it, anybody's (the command line). */
  readonly ownerId?: string;
}

/** Ends a token at once. Throws `ProblemError("not-found")` when there is no such live token for this owner. */
export async function revokeToken(wish: Revocation, { tokens, audit }: TokenStore, now: Date): Promise<void> {
  const revoked = await tokens.revoke(wish.tokenId, now, wish.ownerId);
  if (!revoked) throw new ProblemError("not-found");
  const { actor, role, tokenId } = wish;
  await audit.append({ actor, role, action: "token.revoke", detail: { tokenId } });
}
