/** What a sign-in leaves behind: a row of its own, whatever the browser held before, so that no session can be planted. */
import "server-only";
import { env } from "@/lib/platform/env";
import type { Store } from "@/lib/store/open-store";
import type { SessionVia } from "@/lib/store/session";
import type { User } from "@/lib/store/user";
import type { SessionToken } from "./session-token";

const HOUR_MS = 60 * 60_000;

export interface SignIn {
  readonly user: User;
  readonly via: SessionVia;
  /** When the identity provider says that the person proved who they are; absent for a password typed now. */
  readonly provenAt?: Date | undefined;
  readonly device: string;
  /** The session that this browser held until now. It ends. */
  readonly former: SessionToken | null;
}

/**
 * A provider that does not say when it saw a proof may only have remembered somebody: that opens a session and proves
 * nothing. Its clock may be ahead; nobody has proven anything in the future.
 */
function proofOf(via: SessionVia, provenAt: Date | undefined, now: Date): Date {
  if (provenAt === undefined) return via === "oidc" ? new Date(0) : now;
  return provenAt < now ? provenAt : now;
}

/** The content of the new cookie. Audited as a sign-in, or as a fresh proof when the same person was signed in here. */
export async function openSession(
  { user, via, provenAt, device, former }: SignIn,
  { sessions, users, audit }: Pick<Store, "sessions" | "users" | "audit">,
  now: Date,
): Promise<SessionToken> {
  const session = await sessions.create({
    userId: user.id,
    via,
    provenAt: proofOf(via, provenAt, now),
    createdAt: now,
    expiresAt: new Date(now.getTime() + env().SESSION_HOURS * HOUR_MS),
    device,
  });
  const hasEnded = former !== null && (await sessions.end(former.sessionId, former.sub, now));
  const isProof = hasEnded && former.sub === user.id;
  if (hasEnded && !isProof) {
    // Somebody else signed in over it: the trail of the one who was signed in here tells that it ended.
    const role = (await users.findById(former.sub))?.role ?? "none";
    await audit.append({
      ...{ actor: former.sub, role, action: "session.sign-out" },
      detail: { sessionId: former.sessionId, by: "another sign-in" },
    });
  }
  await audit.append({
    actor: user.id,
    role: user.role,
    action: isProof ? "session.fresh-proof" : "session.sign-in",
    detail: { by: via, sessionId: session.id },
  });
  return { sub: user.id, sessionId: session.id, sessionVersion: user.sessionVersion };
}
