/**
 * The two ways a request gets a principal. Every handler calls `requirePrincipal`, every page `pagePrincipal`; the proxy
 * in front of them only saves a round trip and decides nothing.
 */
import "server-only";
import { headers } from "next/headers";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { clientAddress } from "./client-address";
import { takeToken } from "./rate-limit";
import { requireSameOrigin } from "./require-same-origin";
import { readSessionToken } from "./session-cookie";
import { sessionPrincipal, sessionStanding } from "./session-principal";
import { tokenPrincipal, tokenStanding } from "./token-principal";

/**
 * Who sends this request: by `Authorization: Bearer tl_…`, else by the session cookie. Current role, current standing:
 * both are read from the database each time. Throws `ProblemError`: `unauthenticated` when nobody valid asks,
 * `rate-limited` when an address sends too many wrong tokens, `forbidden` for a change with a cookie from another origin.
 */
export async function requirePrincipal(request: Request): Promise<Principal> {
  const authorization = request.headers.get("authorization");
  // A caller that names a token is never silently served as the session beside it.
  const principal = authorization === null ? await sessionOf(request) : await tokenOf(authorization, request);
  if (!principal) throw new ProblemError("unauthenticated");
  return principal;
}

/**
 * The same asker looked at again while a long answer is under way: one cheap read that does not count as use. Throws
 * `ProblemError("unauthenticated")` as soon as they may not ask any more.
 */
export async function currentPrincipal(request: Request): Promise<Principal> {
  const authorization = request.headers.get("authorization");
  const now = new Date();
  const principal =
    authorization === null
      ? (await sessionStanding(await readSessionToken(request.headers.get("cookie")), now))?.principal
      : await tokenStanding(authorization, now);
  if (!principal) throw new ProblemError("unauthenticated");
  return principal;
}

/** The signed-in person in a server component; null sends the page to the sign-in form. */
export async function pagePrincipal(): Promise<Principal | null> {
  const requestHeaders = await headers();
  return sessionPrincipal(requestHeaders.get("cookie"), new Date());
}

async function sessionOf(request: Request): Promise<Principal | null> {
  const principal = await sessionPrincipal(request.headers.get("cookie"), new Date());
  if (principal) requireSameOrigin(request);
  return principal;
}

/**
 * Right ones are never counted. The limit is no guard against guessing, which 256 bits are, and saves no look-up: a wrong
 * one is looked up first. It tells whoever floods to wait, and our
 * log that somebody does.
 */
async function tokenOf(authorization: string, request: Request): Promise<Principal | null> {
  const now = new Date();
  const principal = await tokenPrincipal(authorization, now);
  if (!principal) await takeToken("bad-token", clientAddress(request.headers), now);
  return principal;
}
