import { describe, expect, it } from "vitest";
import { checkSession } from "./check-session";
import { SESSION_SECONDS } from "./session-token";
import { aUser } from "./testing/a-user";

const NOW = new Date("2026-11-24T10:00:00Z");
const TOKEN = { sub: aUser().id, sessionVersion: 1, signedInAt: NOW.getTime() / 1000 - 60 };

describe("a session", () => {
  it("acts in the role that the person has now, not the one at sign-in", () => {
    expect(checkSession(TOKEN, aUser({ role: "support" }), NOW)).toMatchObject({ role: "support", via: "session" });
  });

  it.each([
    ["nobody is found", null],
    ["somebody else is found", aUser({ id: "01900000-0000-7000-8000-000000000002" })],
    ["the person is disabled", aUser({ disabledAt: NOW })],
    ["all sessions were ended", aUser({ sessionVersion: 2 })],
  ])("is over when %s", (_why, user) => {
    expect(checkSession(TOKEN, user, NOW)).toBeNull();
  });

  it("is over eight hours after the sign-in, however busy", () => {
    const end = (TOKEN.signedInAt + SESSION_SECONDS) * 1000;
    expect(checkSession(TOKEN, aUser(), new Date(end - 1))).not.toBeNull();
    expect(checkSession(TOKEN, aUser(), new Date(end))).toBeNull();
  });
});
