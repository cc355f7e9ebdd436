/** Whether a session still stands, judged by what the database says about its owner now. Pure. */
import type { Principal } from "@/lib/domain/principal";
import type { User } from "@/lib/store/user";
import { SESSION_SECONDS, type SessionToken } from "./session-token";

/** The principal of a live session in the person's current role; null when it was ended, has run out or lost its owner. */
export function checkSession(token: SessionToken, user: User | null, now: Date): Principal | null {
  if (!user || user.id !== token.sub || user.disabledAt !== null) return null;
  if (user.sessionVersion !== token.sessionVersion) return null;
  if (now.getTime() >= (token.signedInAt + SESSION_SECONDS) * 1000) return null;
  return {
    userId: user.id,
    displayName: user.name,
    email: user.email,
    role: user.role,
    teams: user.teams,
    via: "session",
  };
}
