/** Session cookie to principal, checked against the database on every request: a lost role is lost at once. */
import "server-only";
import type { Principal } from "@/lib/domain/principal";
import { store } from "@/lib/store/open-store";
import { checkSession } from "./check-session";
import { readSessionToken } from "./session-cookie";

/** Null when no valid session is in the `Cookie` header. */
export async function sessionPrincipal(cookieHeader: string | null, now: Date): Promise<Principal | null> {
  const token = await readSessionToken(cookieHeader);
  if (!token) return null;
  const { users } = await store();
  return checkSession(token, await users.findById(token.sub), now);
}
