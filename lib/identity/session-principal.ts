/** Session cookie to principal, checked against the database on every request: a lost role is lost at once. */
import "server-only";
import type { Principal } from "@/lib/domain/principal";
import { env } from "@/lib/platform/env";
import { store } from "@/lib/store/open-store";
import { checkSession, type StoredSession } from "./check-session";
import { readSessionToken } from "./session-cookie";
import type { SessionToken } from "./session-token";

/** What one look at the database says about a session. */
interface Standing {
  readonly principal: Principal;
  readonly stored: StoredSession;
}

/** A person's every click must not be a write. */
const SEEN_RESOLUTION_MS = 60_000;
const MINUTE_MS = 60_000;

/** Null when no valid session is in the `Cookie` header. Counts as use: an idle session ends. */
export async function sessionPrincipal(cookieHeader: string | null, now: Date): Promise<Principal | null> {
  const standing = await sessionStanding(await readSessionToken(cookieHeader), now);
  if (!standing) return null;
  const { session } = standing.stored;
  if (now.getTime() - session.lastSeenAt.getTime() >= SEEN_RESOLUTION_MS) {
    await (await store()).sessions.noteUse(session.id, now);
  }
  return standing.principal;
}

/** The same without counting as use: a page left open must not keep a session alive. */
export async function sessionStanding(token: SessionToken | null, now: Date): Promise<Standing | null> {
  if (!token) return null;
  const stored = await (await store()).sessions.findWithUser(token.sessionId);
  const principal = checkSession(token, stored, now, env().SESSION_IDLE_MINUTES * MINUTE_MS);
  return stored && principal && { principal, stored };
}
