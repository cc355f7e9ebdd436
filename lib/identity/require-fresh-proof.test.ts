import { describe, expect, it } from "vitest";
import type { Principal } from "@/lib/domain/principal";
import { requireFreshProof } from "./require-fresh-proof";

const NOW = new Date("2026-11-24T10:00:00Z");
const provenBefore = (minutes: number): Principal => ({
  ...{ userId: "u1", displayName: "Ada", email: "ada@example.test", role: "engineer", teams: [] },
  ...{ via: "session", sessionId: "s1", provenAt: new Date(NOW.getTime() - minutes * 60_000) },
});

describe("a fresh proof", () => {
  it("is a sign-in of the last ten minutes", () => {
    expect(() => requireFreshProof(provenBefore(9.9), NOW)).not.toThrow();
  });

  it("is asked for again after that, in a way that a page understands", () => {
    expect(() => requireFreshProof(provenBefore(10), NOW)).toThrow(
      expect.objectContaining({ code: "step-up-required" }),
    );
  });

  it("is never a token, whatever it says about itself", () => {
    const token: Principal = { ...provenBefore(0), via: "token", tokenId: "t1" };
    expect(() => requireFreshProof(token, NOW)).toThrow(expect.objectContaining({ code: "forbidden" }));
  });

  it("is never a session that does not say when", () => {
    const { provenAt: _provenAt, ...rest } = provenBefore(0);
    expect(() => requireFreshProof(rest, NOW)).toThrow(expect.objectContaining({ code: "forbidden" }));
  });
});
