import { describe, expect, it } from "vitest";
import type { Role } from "@/lib/domain/role";
import type { StoredGrant } from "@/lib/domain/stored-grant";
import { redactGrants } from "./redact-grants";
import { createRedactionContext } from "./redaction-context";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const NOW = new Date("2026-03-10T00:00:00Z");
const grant = (part: Partial<StoredGrant> = {}): StoredGrant => ({
  ...{ id: "g1", userId: "vic", services: ["payment"], incident: undefined, reason: "Mail of anna@example.com." },
  ...{ createdAt: new Date("2026-03-01T00:00:00Z"), expiresAt: new Date("2026-03-31T00:00:00Z") },
  ...{ revokedAt: undefined, ...part },
});
const serviceOf = (name: string) => ({ name, displayName: `the ${name}`, audience: "product", listed: true }) as const;

function seen(role: Role, part: Partial<StoredGrant> = {}, granted = ["payment"]) {
  const context = createRedactionContext(redactionSettings(), anAccess(role, { granted: new Set(granted) }));
  return redactGrants([grant(part)], context, { serviceOf, now: NOW })[0];
}

describe("a grant, as it is told to whom it was given", () => {
  it("says what, from when, until when and whether it holds", () => {
    const times = { createdAt: "2026-03-01T00:00:00.000Z", expiresAt: "2026-03-31T00:00:00.000Z" };
    expect(seen("vendor")).toMatchObject({ services: ["payment"], oneIncident: false, state: "in-force", ...times });
    expect(seen("vendor", { services: [], incident: "digest" })).toMatchObject({ services: [], oneIncident: true });
    expect(seen("vendor", { revokedAt: NOW })?.state).toBe("revoked");
    expect(seen("vendor", { expiresAt: NOW })?.state).toBe("expired");
  });

  it("never tells the digest of the incident", () => {
    expect(JSON.stringify(seen("engineer", { incident: "digest" }))).not.toContain("digest");
  });

  it("names services only while they are the reader's own part", () => {
    expect(seen("vendor", {}, [])?.services).toEqual(["another service"]);
    expect(seen("nobody")?.services).toEqual(["another service"]);
    expect(seen("support")?.services).toEqual(["the payment"]);
  });

  it("tells its reason to roles that read notes, as they read them", () => {
    expect(seen("manager")?.reason).toBe("Mail of anna@example.com.");
    expect(seen("engineer")?.reason).toMatch(/^Mail of .+/);
    expect(seen("engineer")?.reason).not.toContain("anna@");
    for (const role of ["vendor", "support", "nobody"]) expect(seen(role)?.reason).toBe("");
  });
});
