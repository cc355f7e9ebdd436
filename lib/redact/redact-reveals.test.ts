import { describe, expect, it } from "vitest";
import type { Role } from "@/lib/domain/role";
import type { StoredReveal } from "@/lib/domain/stored-reveal";
import { redactReveals } from "./redact-reveals";
import { createRedactionContext } from "./redaction-context";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const at = (text: string) => new Date(`2026-03-${text}:00Z`);
const reveal = (part: Partial<StoredReveal> = {}): StoredReveal => ({
  ...{ id: "r1", userId: "erin", by: "Erin", role: "engineer", incident: "i", fieldClass: "text", minutes: 30 },
  ...{ reason: "Mail of anna@example.com bounced.", ticket: "T-1", needsSecond: true, approvedBy: "Max" },
  ...{ askedAt: at("01T10:00"), startsAt: at("01T10:05"), expiresAt: at("01T10:35") },
  ...{ endedAt: undefined, refusedAt: undefined, reviewedAt: undefined, ...part },
});
function seen(role: Role, part: Partial<StoredReveal> = {}, userId = "other", now = at("01T10:10")) {
  const context = createRedactionContext(redactionSettings(), anAccess(role));
  return redactReveals([reveal(part)], context, { userId, now })[0];
}

describe("a reveal, as it is told", () => {
  it("happened, for every role", () => {
    for (const role of ["support", "engineer", "manager", "admin", "vendor", "nobody"]) {
      expect(seen(role)).toMatchObject({ fieldClass: "text", minutes: 30, state: "in-force", mine: false });
    }
  });

  it("names who did it to roles that read who acted", () => {
    expect(seen("manager")).toMatchObject({ by: "Erin", approvedBy: "Max" });
    for (const role of ["support", "vendor", "nobody"]) {
      expect(seen(role)).toMatchObject({ by: "a person", approvedBy: "a person" });
    }
  });

  it("tells the reason to roles that read notes, through detectors where they read them so", () => {
    expect(seen("manager")?.reason).toBe("Mail of anna@example.com bounced.");
    expect(seen("engineer")?.reason).toMatch(/^Mail of .+ bounced\.$/);
    expect(seen("engineer")?.reason).not.toContain("anna@");
    for (const role of ["support", "vendor", "nobody"]) expect(seen(role)).toMatchObject({ reason: "", ticket: "" });
  });

  it("is told whole to who wrote it", () => {
    const own = { mine: true, by: "Erin", reason: "Mail of anna@example.com bounced.", ticket: "T-1" };
    expect(seen("support", {}, "erin")).toMatchObject(own);
  });

  it("is overdue a week after it was over, until somebody looked at it", () => {
    const over = (day: string, part: Partial<StoredReveal> = {}) => seen("manager", part, "other", at(day))?.overdue;
    expect(over("08T10:34")).toBe(false);
    expect(over("08T10:36")).toBe(true);
    expect(over("08T10:36", { endedAt: at("01T10:10") })).toBe(true);
    expect(over("08T10:36", { reviewedAt: at("02T10:00") })).toBe(false);
    expect(over("08T10:36", { startsAt: undefined, expiresAt: undefined })).toBe(false);
  });
});
