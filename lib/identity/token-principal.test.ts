import { describe, expect, it } from "vitest";
import type { ApiToken } from "@/lib/store/api-token";
import { aUser } from "./testing/a-user";
import { checkToken } from "./token-principal";
import { createTokenText, parseBearer } from "./token-text";

const NOW = new Date("2026-11-24T10:00:00Z");

function aToken(change: Partial<ApiToken> = {}): ApiToken {
  const expiresAt = new Date("2026-12-01T00:00:00Z");
  const unused = { lastUsedAt: null, revokedAt: null };
  return {
    id: "t1",
    userId: aUser().id,
    name: "ci",
    role: "support",
    prefix: "tl_",
    createdAt: NOW,
    expiresAt,
    ...unused,
    ...change,
  };
}

describe("an API token", () => {
  it("acts in its own role, whichever role the owner is in", () => {
    expect(checkToken(aToken(), aUser({ role: "engineer" }), NOW)).toMatchObject({ role: "support", via: "token" });
  });

  it.each([
    ["it was revoked", aToken({ revokedAt: NOW }), aUser()],
    ["its time is over", aToken({ expiresAt: NOW }), aUser()],
    ["its owner is gone", aToken(), null],
    ["its owner is disabled", aToken(), aUser({ disabledAt: NOW })],
    ["its owner lost the role", aToken({ role: "admin" }), aUser()],
  ])("stops working when %s", (_why, token, user) => {
    expect(checkToken(token, user, NOW)).toBeNull();
  });
});

describe("the Authorization header", () => {
  it("yields the token, whatever the case of the scheme", () => {
    const text = createTokenText();
    expect(parseBearer(`Bearer ${text}`)).toBe(text);
    expect(parseBearer(`bearer ${text}`)).toBe(text);
  });

  it.each(["", "Bearer", "Bearer %", "Bearer tl_short", "Basic dXNlcjpwYXNz", `Bearer ${"x".repeat(5000)}`])(
    "yields nothing from %j",
    (header) => {
      expect(parseBearer(header)).toBeNull();
    },
  );
});
