import { describe, expect, it } from "vitest";
import { checkSession } from "./check-session";
import { aSession } from "./testing/a-session";
import { aUser } from "./testing/a-user";

const NOW = new Date("2026-11-24T10:00:00Z");
const IDLE_MS = 30 * 60_000;
const OTHER = "01900000-0000-7000-8000-000000000002";
const TOKEN = { sub: aUser().id, sessionId: aSession().id, sessionVersion: 1 };
const live = { session: aSession(), user: aUser() };

describe("a session", () => {
  it("acts in the role and teams that the person has now, and says which session and proof it is", () => {
    const user = aUser({ role: "support", teams: ["payments"] });
    expect(checkSession(TOKEN, { ...live, user }, NOW, IDLE_MS)).toMatchObject({
      ...{ role: "support", teams: ["payments"], via: "session" },
      ...{ sessionId: aSession().id, provenAt: aSession().provenAt },
    });
  });

  it.each([
    ["nothing is found", null],
    ["another session is found", { ...live, session: aSession({ id: OTHER }) }],
    ["it is somebody else's", { ...live, session: aSession({ userId: OTHER }) }],
    ["somebody else is found", { ...live, user: aUser({ id: OTHER }) }],
    ["the person is disabled", { ...live, user: aUser({ disabledAt: NOW }) }],
    ["all sessions were ended", { ...live, user: aUser({ sessionVersion: 2 }) }],
    ["it was ended", { ...live, session: aSession({ endedAt: NOW }) }],
  ])("is over when %s", (_why, stored) => {
    expect(checkSession(TOKEN, stored, NOW, IDLE_MS)).toBeNull();
  });

  it("is over at its time, however busy", () => {
    const end = aSession().expiresAt.getTime();
    const busy = { ...live, session: aSession({ lastSeenAt: new Date(end - 2) }) };
    expect(checkSession(TOKEN, busy, new Date(end - 1), IDLE_MS)).not.toBeNull();
    expect(checkSession(TOKEN, busy, new Date(end), IDLE_MS)).toBeNull();
  });

  it("is over when it was not used for too long", () => {
    const end = aSession().lastSeenAt.getTime() + IDLE_MS;
    expect(checkSession(TOKEN, live, new Date(end - 1), IDLE_MS)).not.toBeNull();
    expect(checkSession(TOKEN, live, new Date(end), IDLE_MS)).toBeNull();
  });
});
