import { describe, expect, it } from "vitest";
import type { Cell, PolicyDocument, RolePolicy } from "@/lib/domain/policy";
import { FIELD_CLASSES, type FieldClass, type Role } from "@/lib/domain/role";
import { EVENT_KINDS } from "@/lib/domain/timeline-event";
import { rowsWithClass, rowsWithField } from "./planted-rows";
import { DEFAULT_POLICY } from "./policy";
import { runPolicyTests } from "./policy-tests";
import { redactRow } from "./redact-row";
import { createRedactionContext } from "./redaction-context";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const SETTINGS = redactionSettings();

function policyWith(role: Role, field: string, part: Partial<RolePolicy> = {}, extra: Partial<PolicyDocument> = {}) {
  return {
    ...DEFAULT_POLICY,
    ...extra,
    roles: DEFAULT_POLICY.roles.map((one) => (one.name === role ? { ...one, ...part } : one)),
    tests: [{ role, field, never: "see" as const }],
  };
}

function result(...wanted: Parameters<typeof policyWith>) {
  const [only] = runPolicyTests(policyWith(...wanted), SETTINGS);
  if (!only) throw new Error("no result");
  return only;
}

it("the tests of the shipped policy pass", () => {
  expect(runPolicyTests(DEFAULT_POLICY, SETTINGS).filter(({ passed }) => !passed)).toEqual([]);
  expect(DEFAULT_POLICY.tests.length).toBeGreaterThan(2);
});

describe("“never sees”", () => {
  it("fails for a field whose class the role is granted, and says why", () => {
    expect(result("engineer", "db.statement")).toEqual({
      ...{ role: "engineer", field: "db.statement", passed: false },
      reason: "engineer is granted scrub of class code.",
    });
  });

  it.each<[string, Cell]>([
    ["in the own scope", { own: "show", other: "absent" }],
    ["outside the own scope", { own: "absent", other: "show" }],
  ])("fails for what is shown %s only", (words, cell) => {
    const { passed, reason } = result("support", "host.name", { classes: { infrastructure: cell } });
    expect([passed, reason]).toEqual([false, `support is granted show of class infrastructure ${words}.`]);
  });

  it.each(["mask", "pseudonym"] as const)("fails for a %s: it tells something of the value", (treatment) => {
    expect(result("support", "user.email", { classes: { personal: treatment } }).passed).toBe(false);
  });

  it("passes for a known sentence instead of the value", () => {
    expect(result("support", "db.statement").passed).toBe(true);
  });

  it("fails for what a reveal may open", () => {
    const part = { classes: {}, abilities: ["reveal" as const], mayReveal: ["personal" as const] };
    expect(result("support", "user.email", part)).toMatchObject({ passed: false, reason: /by a reveal/ });
    expect(result("support", "user.email", { ...part, abilities: [] }).passed).toBe(true);
  });

  it("follows the document's own classes of fields", () => {
    expect(result("support", "shop.note.*", {}, { fields: { "shop.note.*": "text" } }).passed).toBe(true);
    expect(result("support", "shop.note.step", {}, { fields: { "shop.note.*": "business-id" } }).passed).toBe(false);
  });

  it("fails for an id field whose other values the role reads as unknown ones", () => {
    const part = { classes: { unknown: "scrub" as const } };
    expect(result("vendor", "order.id", part)).toMatchObject({ passed: false, reason: /of class unknown/ });
  });

  it("lets the team of a person through where the role reads teams, and nothing of the person", () => {
    const part = { classes: { staff: "team" as const } };
    expect(result("support", "staff.name", part).passed).toBe(true);
    expect(result("support", "staff.team", part).passed).toBe(false);
  });

  it("is about a whole class too", () => {
    expect(result("support", "class:infrastructure").passed).toBe(true);
    expect(result("engineer", "class:infrastructure").passed).toBe(false);
    expect(result("engineer", "class:secret").passed).toBe(true);
    expect(result("engineer", "class:colour").passed).toBe(false);
  });

  it("holds for a role that sees nothing, in rows that it may not know of", () => {
    expect(result("support", "user.email", { classes: {}, rows: [], mayReveal: [] }).passed).toBe(true);
  });
});

describe("planted values", () => {
  const everything = Object.fromEntries(
    FIELD_CLASSES.filter((one) => one !== "secret").map((one) => [one, "show" as const]),
  ) satisfies Partial<Record<FieldClass, Cell>>;
  const document = policyWith("support", "x", { classes: everything, rows: [{ rows: {}, grant: "full" }] });
  const context = createRedactionContext(SETTINGS, anAccess("support", { policy: document, granted: "all" }));

  it.each(FIELD_CLASSES.filter((one) => !["secret", "workflow"].includes(one)))(
    "of class %s come through for whoever may read it, so that their absence means something",
    (fieldClass) => {
      for (const row of rowsWithClass(fieldClass, "73519046")) {
        context.listedKeys = new Set(row.keyIds);
        expect(JSON.stringify(redactRow(row, "", context))).toContain("73519046");
      }
    },
  );

  it("stand where their class can stand, and nowhere else", () => {
    const value = "73519046";
    const textsOf = (fieldClass: FieldClass) =>
      [
        ...new Set(rowsWithClass(fieldClass, value).flatMap(({ event }) => (event.text === value ? event.kind : []))),
      ].sort();
    const others = EVENT_KINDS.filter((kind) => kind !== "error" && kind !== "note").sort();
    expect([textsOf("code"), textsOf("note"), textsOf("text")]).toEqual([["error"], ["note"], others]);
    expect(textsOf("infrastructure")).toEqual([]);
    for (const fieldClass of FIELD_CLASSES) {
      const hasKey = ["business-id", "account-id", "telemetry-id"].includes(fieldClass);
      for (const row of rowsWithClass(fieldClass, value)) {
        expect([fieldClass, row.sightings.map(({ key }) => key.value)]).toEqual([fieldClass, hasKey ? [value] : []]);
        expect([fieldClass, row.why.flatMap(({ key }) => key?.value ?? [])]).toEqual([
          fieldClass,
          hasKey ? [value] : [],
        ]);
        expect([fieldClass, row.event.span?.traceId]).toEqual([
          fieldClass,
          fieldClass === "telemetry-id" ? value : undefined,
        ]);
      }
    }
  });

  it("come through at a path", () => {
    for (const row of rowsWithField("shop.anything", "zanzibar quince")) {
      expect(JSON.stringify(redactRow(row, "", context))).toContain("zanzibar quince");
    }
  });

  it("never come through as a secret", () => {
    for (const row of rowsWithClass("secret", "73519046")) {
      expect(JSON.stringify(redactRow(row, "", context))).not.toContain("73519046");
    }
  });
});
