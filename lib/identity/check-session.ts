/** Whether a session still stands, judged by what the database says about it and its owner now. Pure. */
import type { Principal } from "@/lib/domain/principal";
import type { Session } from "@/lib/store/session";
import type { User } from "@/lib/store/user";
import type { SessionToken } from "./session-token";

export interface StoredSession {
  readonly session: Session;
  readonly user: User;
}

/**
 * The principal of a live session in the person's current role; null when it was ended, has run out, was not used for
 * longer than `idleMs`, or its owner may not come in any more.
 */
export function checkSession(
  token: SessionToken,
  stored: StoredSession | null,
  now: Date,
  idleMs: number,
): Principal | null {
  if (!stored) return null;
  const { session, user } = stored;
  if (session.id !== token.sessionId || session.userId !== token.sub || user.id !== token.sub) return null;
  if (user.disabledAt !== null || user.sessionVersion !== token.sessionVersion) return null;
  if (session.endedAt !== null || now >= session.expiresAt) return null;
  if (now.getTime() - session.lastSeenAt.getTime() >= idleMs) return null;
  return {
    userId: user.id,
    displayName: user.name,
    email: user.email,
    role: user.role,
    teams: user.teams,
    via: "session",
    sessionId: session.id,
    provenAt: session.provenAt,
  };
}
