import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { useStore } from "@/lib/store/testing/use-store";
import type { User } from "@/lib/store/user";
import { openSession } from "./open-session";
import { endAllOwnSessions, endOwnSession, listOwnSessions } from "./own-sessions";
import { requireFreshProof } from "./require-fresh-proof";
import { currentPrincipal, requirePrincipal } from "./require-principal";
import { authSecret } from "./session-cookie";
import type { SessionToken } from "./session-token";
import { signOut } from "./sign-out";
import { sweepIdentity } from "./sweep-identity";

const HOUR_MS = 3_600_000;
const keyDir = mkdtempSync(path.join(os.tmpdir(), "throughline-sessions-"));
Object.assign(process.env, { DATA_DIR: keyDir, LOG_LEVEL: "silent", SESSION_HOURS: "8", SESSION_IDLE_MINUTES: "60" });
afterAll(() => rmSync(keyDir, { recursive: true, force: true }));

const UNAUTHENTICATED = { code: "unauthenticated" };

describe.each(testDatabases())("sessions on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let opened: Store;
  beforeAll(async () => {
    fresh = await database.create();
    opened = await openStore(fresh.settings);
    useStore(opened);
  });
  afterAll(async () => {
    useStore(undefined);
    await opened?.close();
    await fresh?.remove();
  });

  it("live as long as their row, in every copy of the cookie", async () => {
    const user = await somebody();
    const [ended, other] = [await signIn(user), await signIn(user)];
    expect(await ask(ended)).toMatchObject({ userId: user.id, sessionId: ended.sessionId, via: "session" });
    await signOut(ended, opened, new Date());
    await expect(ask(ended)).rejects.toMatchObject(UNAUTHENTICATED);
    expect(await ask(other)).toMatchObject({ sessionId: other.sessionId });
    expect(await actions(user, 1)).toEqual(["session.sign-out"]);
  });

  it("end with their time, and when nobody used them", async () => {
    const user = await somebody();
    await expect(ask(await signIn(user, { at: ago(8 * HOUR_MS) }))).rejects.toMatchObject(UNAUTHENTICATED);
    await expect(ask(await signIn(user, { at: ago(HOUR_MS) }))).rejects.toMatchObject(UNAUTHENTICATED);
    expect(await ask(await signIn(user, { at: ago(HOUR_MS - 20_000) }))).toMatchObject({ userId: user.id });
  });

  it("note their use at most once a minute, and not for a page that was left open", async () => {
    const session = await signIn(await somebody(), { at: ago(HOUR_MS / 2) });
    const before = await lastSeen(session);
    await currentPrincipal(await requestOf(session));
    expect(await lastSeen(session)).toEqual(before);
    await ask(session);
    const noted = await lastSeen(session);
    expect(noted?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    await ask(session);
    expect(await lastSeen(session)).toEqual(noted);
  });

  it("are over at once when the person is disabled, and follow a demotion", async () => {
    const user = await somebody();
    const session = await signIn(user);
    await opened.users.update(user.id, { role: "support", roles: ["support"] });
    expect(await ask(session)).toMatchObject({ role: "support" });
    await opened.users.update(user.id, { disabledAt: new Date() });
    await expect(ask(session)).rejects.toMatchObject(UNAUTHENTICATED);
    await expect(currentPrincipal(await requestOf(session))).rejects.toMatchObject(UNAUTHENTICATED);
  });

  it("end all at once, here too, when the person says so", async () => {
    const user = await somebody();
    const [here, there, foreign] = [await signIn(user), await signIn(user), await signIn(await somebody())];
    await endAllOwnSessions(await ask(here));
    for (const session of [here, there]) await expect(ask(session)).rejects.toMatchObject(UNAUTHENTICATED);
    await expect(ask({ ...here, sessionVersion: 2 })).rejects.toMatchObject(UNAUTHENTICATED);
    expect(await ask(foreign)).toMatchObject({ userId: foreign.sub });
    expect(await actions(user, 1)).toEqual(["session.sign-out-everywhere"]);
  });

  it("are listed and ended one by one, by their own person only", async () => {
    const user = await somebody();
    const [here, there, foreign] = [await signIn(user), await signIn(user), await signIn(await somebody())];
    await signIn(user, { at: ago(2 * HOUR_MS) });
    const me = await ask(here);
    const { sessions } = await listOwnSessions(me);
    expect(sessions.map(({ id, current }) => [id, current])).toEqual([
      [there.sessionId, false],
      [here.sessionId, true],
    ]);
    for (const id of [foreign.sessionId, randomUUID(), "'; --"]) {
      await expect(endOwnSession(me, id)).rejects.toMatchObject({ code: "not-found" });
    }
    await endOwnSession(me, there.sessionId);
    await expect(endOwnSession(me, there.sessionId)).rejects.toMatchObject({ code: "not-found" });
    await expect(ask(there)).rejects.toMatchObject(UNAUTHENTICATED);
    expect(await ask(foreign)).toMatchObject({ userId: foreign.sub });
  });

  it("are no business of a token", async () => {
    const { sessionId: _sessionId, provenAt: _provenAt, ...person } = await ask(await signIn(await somebody()));
    const token = { ...person, via: "token", tokenId: randomUUID() } as const;
    await expect(listOwnSessions(token)).rejects.toMatchObject({ code: "forbidden" });
    await expect(endAllOwnSessions(token)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("are new at every sign-in, which ends the one that this browser held", async () => {
    const user = await somebody();
    const other = await somebody();
    const planted = await signIn(other);
    const first = await signIn(user, { former: planted });
    expect(await actions(user, 1)).toEqual(["session.sign-in"]);
    expect(await actions(other, 1)).toEqual(["session.sign-out"]);
    expect(await lastDetail(other)).toEqual({ sessionId: planted.sessionId, by: "another sign-in" });
    await expect(ask(planted)).rejects.toMatchObject(UNAUTHENTICATED);
    const again = await signIn(user, { former: first });
    expect(again.sessionId).not.toBe(first.sessionId);
    expect(await actions(user, 2)).toEqual(["session.fresh-proof", "session.sign-in"]);
    await expect(ask(first)).rejects.toMatchObject(UNAUTHENTICATED);
  });

  it("prove the person as freshly as the identity provider says, and never in the future", async () => {
    const user = await somebody();
    const now = new Date();
    const morning = await ask(await signIn(user, { provenAt: ago(2 * HOUR_MS) }));
    expect(() => requireFreshProof(morning, now)).toThrow(expect.objectContaining({ code: "step-up-required" }));
    const justNow = await ask(await signIn(user, { provenAt: ago(60_000) }));
    expect(() => requireFreshProof(justNow, now)).not.toThrow();
    const ahead = await ask(await signIn(user, { provenAt: new Date(now.getTime() + HOUR_MS) }));
    expect(ahead.provenAt?.getTime()).toBeLessThanOrEqual(Date.now());
    const unsaid = await ask(await signIn(user));
    expect(() => requireFreshProof(unsaid, now)).toThrow(expect.objectContaining({ code: "step-up-required" }));
  });

  it("are forgotten a month after they were over", async () => {
    const user = await somebody();
    const [old, recent] = [await signIn(user, { at: ago(40 * 24 * HOUR_MS) }), await signIn(user)];
    await sweepIdentity(opened, new Date());
    expect(await opened.sessions.findWithUser(old.sessionId)).toBeNull();
    expect(await ask(recent)).toMatchObject({ userId: user.id });
  });

  async function somebody(): Promise<User> {
    const email = `${randomUUID()}@example.test`;
    const roles = ["engineer", "support"] as const;
    const user = await opened.users.create({ email, name: "Ada", role: "engineer", roles, passwordHash: null });
    if (!user) throw new Error("the address is taken");
    return user;
  }

  /** Of one person, the newest. */
  async function lastDetail(user: User): Promise<unknown> {
    return (await opened.audit.latest(1000)).find(({ actor }) => actor === user.id)?.detail;
  }

  function signIn(
    user: User,
    { at = new Date(), former = null, provenAt }: { at?: Date; former?: SessionToken | null; provenAt?: Date } = {},
  ): Promise<SessionToken> {
    return openSession({ user, via: "oidc", provenAt, device: "Firefox on Linux", former }, opened, at);
  }

  async function ask(session: SessionToken) {
    return requirePrincipal(await requestOf(session));
  }

  async function lastSeen(session: SessionToken): Promise<Date | undefined> {
    return (await opened.sessions.findWithUser(session.sessionId))?.session.lastSeenAt;
  }

  /** Of one person, newest first. */
  async function actions(user: User, count: number): Promise<string[]> {
    const entries = (await opened.audit.latest(1000)).filter(({ actor }) => actor === user.id);
    return entries.slice(0, count).map(({ action }) => action);
  }
});

async function requestOf(session: SessionToken): Promise<Request> {
  const cookie = await encode({ token: { ...session }, secret: authSecret() });
  return new Request("http://app.test/api/v1/tokens", { headers: { cookie: `throughline.session=${cookie}` } });
}

function ago(ms: number): Date {
  return new Date(Date.now() - ms);
}
