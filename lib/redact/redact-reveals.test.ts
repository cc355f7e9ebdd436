import { describe, expect, it } from "vitest";
import type { Role } from "@/lib/domain/role";
import type { StoredReveal } from "@/lib/domain/stored-reveal";
import { redactReveals } from "./redact-reveals";
import { createRedactionContext } from "./redaction-context";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const at = (text: string) => new Date(`2026-03-${text}:00Z`);
const reveal = (part: Partial<StoredReveal> = {}): StoredReveal => ({
  ...{
    id: "r1",
    userId: "erin",
    by: "Erin",
    role: "engineer",
    incident: "i",
    askedKeys: undefined,
    fieldClass: "text",
    minutes: 30,
  },
  ...{ reason: "Mail of anna@example.com bounced.", ticket: "T-1", needsSecond: true, approvedBy: "Max" },
  ...{ askedAt: at("01T10:00"), startsAt: at("01T10:05"), expiresAt: at("01T10:35") },
  ...{ endedAt: undefined, refusedAt: undefined, reviewedAt: undefined, ...part },
});
function seen(role: Role, part: Partial<StoredReveal> = {}, userId = "other", now = at("01T10:10")) {
  const context = createRedactionContext(redactionSettings(), anAccess(role));
  return redactReveals([reveal(part)], context, { userId, now })[0];
}

const KEYS = ["order:48192", "account:8829"];
function incidentSeen(role: Role, keys: readonly string[] | undefined, userId = "other") {
  const context = createRedactionContext(redactionSettings(), anAccess(role));
  const [view] = redactReveals([reveal()], context, { userId, now: at("01T10:10"), keysOf: () => keys });
  return { incident: view?.incident, givenOut: [...context.givenOut.keys()] };
}

describe("the incident of a reveal", () => {
  it("is named to a second person by the ids that their role reads", () => {
    expect(incidentSeen("engineer", KEYS).incident?.keys).toEqual(KEYS);
    const { keys = [] } = incidentSeen("manager", KEYS).incident ?? {};
    expect(keys[0]).toBe("order:48192");
    expect(keys[1]).toMatch(/^account:account·/);
    expect(incidentSeen("nobody", KEYS).incident?.keys).toEqual(["order:(asked)", "account:(asked)"]);
  });

  it("can be opened by its stand-ins, which no address tells the id of an account by", () => {
    for (const role of ["engineer", "manager"]) {
      const { incident, givenOut } = incidentSeen(role, KEYS);
      expect(incident?.references?.[0]).toBe("order:48192");
      expect(incident?.references?.[1]).toMatch(/^account:account·/);
      expect(givenOut).toContain(incident?.references?.[1]);
    }
  });

  it("cannot be opened by a part of its ids", () => {
    for (const role of ["nobody", "vendor"]) expect(incidentSeen(role, KEYS).incident?.references).toBeNull();
  });

  it("is told in no list that does not ask for it, nor when its ids were not kept", () => {
    expect(seen("engineer")).not.toHaveProperty("incident");
    expect(incidentSeen("engineer", undefined).incident).toBeUndefined();
  });

  it("names an account to nobody by a reveal of their own that their role no longer reads", () => {
    expect(incidentSeen("manager", KEYS, "erin").incident?.keys[1]).not.toContain("8829");
  });
});

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
