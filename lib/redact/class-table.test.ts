/** What a reveal opens, for whom, and what it never opens. */
import { describe, expect, it } from "vitest";
import type { FieldClass, Role } from "@/lib/domain/role";
import { compileClassTable } from "./class-table";
import { anAccess } from "./testing/an-access";

const table = (role: Role, revealed: readonly FieldClass[], looksAlong: readonly Role[] = []) =>
  compileClassTable(
    anAccess(role, { revealed, with: looksAlong }),
    [role, ...looksAlong].map(() => false),
  );

describe("a reveal", () => {
  it("shows a value as it is", () => {
    expect(table("support", []).treat("personal")).toBe("mask");
    expect(table("support", ["personal"]).treat("personal")).toBe("show");
  });

  it("never shows a secret", () => {
    expect(table("engineer", ["secret"]).treat("secret")).toBe("absent");
  });

  it("opens free text through the detectors, with personal values left in", () => {
    for (const fieldClass of ["text", "code", "note", "unknown"] as const) {
      const [before, after] = [table("support", []), table("support", [fieldClass])];
      expect([before.reads(fieldClass), before.keepsPersonal(fieldClass)]).toEqual([false, false]);
      expect([after.treat(fieldClass), after.keepsPersonal(fieldClass)]).toEqual(["scrub", true]);
    }
  });

  it("takes nothing away from those who read more anyway", () => {
    expect(table("manager", ["note"]).treat("note")).toBe("show");
  });

  it("opens its own class only", () => {
    const opened = table("engineer", ["text"]);
    expect(opened.keepsPersonal("code")).toBe(false);
    expect(opened.treat("personal")).toBe("pseudonym");
  });

  it("is the asker's own: who looks along keeps their limits", () => {
    expect(table("engineer", ["personal"], ["engineer"]).treat("personal")).toBe("pseudonym");
    expect(table("engineer", ["text"], ["engineer"]).keepsPersonal("text")).toBe(false);
  });
});

describe("a table", () => {
  it("shows an outsider nothing of what is for the reader's own scope", () => {
    const access = anAccess("vendor");
    expect(compileClassTable(access, [true]).seesInfrastructure).toBe(true);
    expect(compileClassTable(access, [false]).seesInfrastructure).toBe(false);
    expect(compileClassTable(access, []).seesInfrastructure).toBe(false);
  });

  it("is empty without a lens, and for a class that nobody has heard of", () => {
    const nobody = compileClassTable({ ...anAccess("engineer"), lenses: [] }, []);
    expect(nobody.treat("workflow")).toBe("absent");
    expect(table("engineer", []).treat("made-up" as FieldClass)).toBe("absent");
  });

  it("calls a class read when its text is shown or scrubbed, and not when a sentence or a stand-in stands for it", () => {
    const reads = (role: Role, fieldClass: FieldClass) => table(role, []).reads(fieldClass);
    expect([reads("engineer", "text"), reads("manager", "note")]).toEqual([true, true]);
    expect([reads("support", "text"), reads("engineer", "personal"), reads("admin", "text")]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
