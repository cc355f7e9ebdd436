/** Where the person who asks is signed in, as the API shows it, and how to end it. */
import "server-only";
import type { SessionList, SessionView } from "@/lib/contract/session";
import type { Principal } from "@/lib/domain/principal";
import { env } from "@/lib/platform/env";
import { ProblemError } from "@/lib/platform/problem-error";
import { store } from "@/lib/store/open-store";
import type { Session } from "@/lib/store/session";
import { signOutEverywhere } from "./sign-out";

const MINUTE_MS = 60_000;

/** Those that a request could still be made with, last used first. */
export async function listOwnSessions(principal: Principal, now = new Date()): Promise<SessionList> {
  refuseTokens(principal);
  const { sessions } = await store();
  const idleSince = new Date(now.getTime() - env().SESSION_IDLE_MINUTES * MINUTE_MS);
  const live = (await sessions.listLive(principal.userId, now)).filter(({ lastSeenAt }) => lastSeenAt > idleSince);
  return { sessions: live.map((session) => viewOf(session, principal)) };
}

/** Throws `ProblemError("not-found")` when there is no such live session, or it is somebody else's. */
export async function endOwnSession(principal: Principal, sessionId: string): Promise<void> {
  refuseTokens(principal);
  const { sessions, audit } = await store();
  const { userId, role } = principal;
  if (!(await sessions.end(sessionId, userId, new Date()))) throw new ProblemError("not-found");
  await audit.append({ actor: userId, role, action: "session.sign-out", detail: { sessionId } });
}

/** This one too. API tokens go on: they are ended one by one. */
export async function endAllOwnSessions(principal: Principal): Promise<void> {
  refuseTokens(principal);
  await signOutEverywhere(principal, await store(), new Date());
}

/** Whoever steals a token must not learn where its owner works, nor throw them out. */
function refuseTokens(principal: Principal): void {
  if (principal.via === "token") {
    throw new ProblemError("forbidden", { detail: "Sign in to manage sessions; a token cannot do it." });
  }
}

function viewOf(session: Session, principal: Principal): SessionView {
  return {
    id: session.id,
    device: session.device,
    via: session.via,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    current: session.id === principal.sessionId,
  };
}
