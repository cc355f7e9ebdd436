import { describe, expect, it } from "vitest";
import type { Cell, PolicyDocument, RolePolicy } from "@/lib/domain/policy";
import { BUILT_IN_ROLES, type FieldClass } from "@/lib/domain/role";
import { checkLockOut, checkPolicy } from "./check-policy";
import { DEFAULT_POLICY } from "./policy";

function changed(name: string, part: Partial<RolePolicy>): PolicyDocument {
  return {
    ...DEFAULT_POLICY,
    roles: DEFAULT_POLICY.roles.map((role) => (role.name === name ? { ...role, ...part } : role)),
  };
}
const paths = (document: PolicyDocument) => checkPolicy(document).map(({ path }) => path);

describe("a policy", () => {
  it("that is shipped has no problems", () => {
    expect(checkPolicy(DEFAULT_POLICY)).toEqual([]);
  });

  it.each(BUILT_IN_ROLES)("keeps the built-in role %s", (name) => {
    expect(paths({ ...DEFAULT_POLICY, roles: DEFAULT_POLICY.roles.filter((role) => role.name !== name) })).toContain(
      `roles.${name}`,
    );
  });

  it("has each role once", () => {
    const [first] = DEFAULT_POLICY.roles;
    expect(first && paths({ ...DEFAULT_POLICY, roles: [...DEFAULT_POLICY.roles, first] })).toEqual(["roles.support"]);
  });

  it.each<[FieldClass, Cell, RegExp]>([
    ["text", "show", /Free text is never shown as it is/],
    ["code", { own: "show", other: "absent" }, /Free text is never shown as it is/],
    ["unknown", "show", /Free text/],
    ["personal", "scrub", /scrub means nothing there/],
    ["staff", "bucket", /Expected one of show, team, absent/],
    ["infrastructure", { own: "show", other: "team" }, /team means nothing/],
    ["secret", "mask", /Secrets are shown to nobody/],
    ["secret", { own: "absent", other: "show" }, /Secrets are shown to nobody/],
  ])("cannot treat %s as %j", (fieldClass, cell, reason) => {
    const [problem, ...others] = checkPolicy(changed("engineer", { classes: { [fieldClass]: cell } }));
    expect(problem?.path).toBe(`roles.engineer.classes.${fieldClass}`);
    expect(problem?.detail).toMatch(reason);
    expect(others).toEqual([]);
  });

  it("may say of secrets that they are absent", () => {
    expect(checkPolicy(changed("engineer", { classes: { secret: "absent" } }))).toEqual([]);
  });

  it("does not pick rows by what is hidden", () => {
    const rows = [{ rows: { labels: { "user.email": ["ada@example.test"] } }, grant: "stub" as const }];
    expect(paths(changed("support", { rows }))).toEqual(["roles.support.rows.0"]);
    const byTeam = [{ rows: { labels: { team: ["billing"], severity: ["page"] } }, grant: "full" as const }];
    expect(paths(changed("support", { rows: byTeam }))).toEqual([]);
  });

  it("cannot open a field that is secret by its name", () => {
    expect(paths({ ...DEFAULT_POLICY, fields: { "shop.api_key": "workflow" } })).toEqual(["fields.shop.api_key"]);
    expect(paths({ ...DEFAULT_POLICY, fields: { "shop.*.id": "workflow" } })).toEqual(["fields.shop.*.id"]);
    expect(paths({ ...DEFAULT_POLICY, fields: { "shop.*": "workflow" } })).toEqual([]);
  });

  it("has tests only about roles and classes that there are", () => {
    const test = (role: string, field: string) => ({ role, field, never: "see" as const });
    expect(paths({ ...DEFAULT_POLICY, tests: [test("nobody", "a"), test("support", "class:colour")] })).toEqual([
      "tests.0.role",
      "tests.1.field",
    ]);
  });

  it("leaves somebody who may change it", () => {
    expect(paths(changed("admin", { abilities: ["ask"] }))).toEqual(["roles"]);
  });
});

it("does not lock out who publishes it", () => {
  expect(checkLockOut(DEFAULT_POLICY, "admin")).toEqual([]);
  expect(checkLockOut(DEFAULT_POLICY, "finance")).toMatchObject([{ path: "roles.finance.abilities" }]);
  expect(checkLockOut(changed("admin", { abilities: [] }), "admin")).toMatchObject([{ path: "roles.admin.abilities" }]);
});
