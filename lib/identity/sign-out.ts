/** The end of a session by the person's own wish: this one, another one, or all of them. */
import "server-only";
import type { Principal } from "@/lib/domain/principal";
import type { Store } from "@/lib/store/open-store";
import { SessionToken } from "./session-token";

type SignOutStore = Pick<Store, "sessions" | "users" | "audit">;

/** Called by next-auth with the content of the cookie, which may be of an older version or of a session that is over. */
export async function signOut(cookie: unknown, { sessions, users, audit }: SignOutStore, now: Date): Promise<void> {
  const token = SessionToken.safeParse(cookie);
  if (!token.success || !(await sessions.end(token.data.sessionId, token.data.sub, now))) return;
  const { sub, sessionId } = token.data;
  const role = (await users.findById(sub))?.role ?? "none";
  await audit.append({ actor: sub, role, action: "session.sign-out", detail: { sessionId } });
}

/** Ends every session of the person. The version goes up too: it holds even for a cookie whose row is already gone. */
export async function signOutEverywhere(
  principal: Principal,
  { sessions, users, audit }: SignOutStore,
  now: Date,
): Promise<void> {
  const { userId, role } = principal;
  await users.update(userId, { endSessions: true });
  const ended = await sessions.endAll(userId, now);
  await audit.append({ actor: userId, role, action: "session.sign-out-everywhere", detail: { ended } });
}
