import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import type { Cell, PolicyDocument, RolePolicy } from "@/lib/domain/policy";
import { FIELD_CLASSES, TREATMENTS } from "@/lib/domain/role";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { DEFAULT_POLICY } from "./policy";
import { cellEffect, countEffects, policyDiff } from "./policy-diff";

const RULES = compileKeyRules(builtInKeyRules());
const diff = (after: PolicyDocument, before = DEFAULT_POLICY) => policyDiff(before, after, RULES);

function changed(name: string, part: (role: RolePolicy) => Partial<RolePolicy>): PolicyDocument {
  return {
    ...DEFAULT_POLICY,
    roles: DEFAULT_POLICY.roles.map((role) => (role.name === name ? { ...role, ...part(role) } : role)),
  };
}
const withCell = (name: string, cell: Partial<RolePolicy["classes"]>) =>
  changed(name, ({ classes }) => ({ classes: { ...classes, ...cell } }));

describe("the difference of two policies", () => {
  it("is nothing for the same meaning in another order", () => {
    const turned: PolicyDocument = {
      ...DEFAULT_POLICY,
      roles: DEFAULT_POLICY.roles
        .map((role) => ({ ...role, rows: role.rows.toReversed(), abilities: role.abilities.toReversed() }))
        .toReversed(),
    };
    expect(diff(turned)).toEqual([]);
  });

  it.each<[string, Cell, "more" | "less" | "different"]>([
    ["a class that was absent", "show", "more"],
    ["a class that was absent, in the own scope", { own: "show", other: "absent" }, "more"],
  ])("tells that %s is newly shown", (_, cell, effect) => {
    expect(diff(withCell("support", { infrastructure: cell }))).toMatchObject([
      { role: "support", subject: "class", name: "infrastructure", before: "absent", effect },
    ]);
  });

  it("tells what is newly hidden, and what is told otherwise", () => {
    expect(diff(withCell("engineer", { staff: "absent" }))).toMatchObject([{ name: "staff", effect: "less" }]);
    expect(diff(withCell("support", { personal: "pseudonym" }))).toMatchObject([
      { name: "personal", before: "mask", after: "pseudonym", effect: "different" },
    ]);
  });

  it("says row rules in words", () => {
    const rule = { rows: { kinds: ["alert" as const], labels: { team: ["billing"] } }, grant: "full" as const };
    const [change] = diff(changed("support", ({ rows }) => ({ rows: [...rows, rule] })));
    expect(change).toMatchObject({ role: "support", subject: "rows", effect: "more" });
    expect(change?.sentence).toBe("support sees more rows. Rows of kind alert with team billing: in full.");
  });

  it("tells abilities and what may be revealed", () => {
    const after = changed("manager", ({ abilities }) => ({
      abilities: [...abilities.filter((one) => one !== "export"), "unlink"],
      mayReveal: ["personal"],
    }));
    expect(diff(after).map(({ sentence }) => sentence)).toEqual([
      "manager may unlink.",
      "manager may no longer export.",
      "manager may reveal personal.",
    ]);
  });

  it("tells everything that a new role gets, and that a removed one loses all", () => {
    const finance: RolePolicy = {
      ...{ name: "finance", description: "", rows: [], abilities: [], mayReveal: [] },
      classes: { workflow: "show" },
    };
    const after = { ...DEFAULT_POLICY, roles: [...DEFAULT_POLICY.roles, finance] };
    expect(diff(after).map(({ role, subject, effect }) => [role, subject, effect])).toEqual([
      ["finance", "role", "more"],
      ["finance", "class", "more"],
    ]);
    expect(diff(DEFAULT_POLICY, after)).toMatchObject([{ role: "finance", subject: "role", effect: "less" }]);
  });

  it("tells which roles see more or less of a field that gets another class", () => {
    const after: PolicyDocument = { ...DEFAULT_POLICY, fields: { "db.statement": "infrastructure" } };
    expect(diff(after)).toMatchObject([
      {
        role: null,
        subject: "field",
        name: "db.statement",
        before: "code",
        after: "infrastructure",
        effect: "different",
      },
    ]);
    const opened: PolicyDocument = { ...DEFAULT_POLICY, fields: { "shop.step": "workflow" } };
    const [change] = diff(opened);
    expect(change?.effect).toBe("more");
    expect(change?.sentence).toContain("support, engineer, manager, admin, vendor see more of it");
  });

  it("tells kinds of keys that get another class", () => {
    expect(diff({ ...DEFAULT_POLICY, keyKinds: { ticket: "account-id" } })).toMatchObject([
      { subject: "key-kind", name: "ticket", before: "business-id", after: "account-id", effect: "less" },
    ]);
  });

  it("tells a test that is taken away", () => {
    expect(diff({ ...DEFAULT_POLICY, tests: [] })[0]).toMatchObject({ subject: "test", effect: "none" });
  });

  it("is counted by effect", () => {
    expect(countEffects(diff(withCell("support", { infrastructure: "show", staff: "absent" })))).toEqual({
      ...{ more: 1, less: 1, different: 0, none: 0 },
    });
  });
});

describe("the effect on one class", () => {
  it.each<[Cell, Cell, string]>([
    ["absent", "show", "more"],
    ["show", "mask", "less"],
    ["mask", "bucket", "different"],
    [{ own: "show", other: "absent" }, { own: "absent", other: "show" }, "different"],
    [{ own: "show", other: "absent" }, "show", "more"],
    ["show", { own: "show", other: "show" }, "none"],
  ])("of %j → %j is %s", (before, after, effect) => {
    expect(cellEffect(before, after)).toBe(effect);
  });

  it("turns round when the two change places", () => {
    const cell = fc.oneof(
      fc.constantFrom(...TREATMENTS),
      fc.record({ own: fc.constantFrom(...TREATMENTS), other: fc.constantFrom(...TREATMENTS) }),
    );
    const turned = { more: "less", less: "more", different: "different", none: "none" } as const;
    fc.assert(
      fc.property(cell, cell, (a, b) => {
        expect(cellEffect(b, a)).toBe(turned[cellEffect(a, b)]);
      }),
    );
  });
});

it("never stays silent when a class of a role changes", () => {
  const anyClass = fc.constantFrom(...FIELD_CLASSES.filter((one) => one !== "secret"));
  fc.assert(
    fc.property(
      fc.constantFrom("support", "vendor"),
      anyClass,
      fc.constantFrom(...TREATMENTS),
      (role, fieldClass, t) => {
        const before = DEFAULT_POLICY.roles.find(({ name }) => name === role)?.classes[fieldClass] ?? "absent";
        const changes = diff(withCell(role, { [fieldClass]: t }));
        expect(changes).toHaveLength(before === t ? 0 : 1);
      },
    ),
  );
});

describe("the words of a difference", () => {
  it("name both scopes where they differ", () => {
    const cells: [Cell, string][] = [
      [{ own: "show", other: "absent" }, "show in the own scope, else absent"],
      [{ own: "mask", other: "mask" }, "mask"],
    ];
    for (const [cell, words] of cells) {
      expect(diff(withCell("support", { personal: "absent" }), withCell("support", { personal: cell }))).toMatchObject([
        { before: words, after: "absent" },
      ]);
    }
  });

  it("say which roles see more, which less and which something else of a field that moves", () => {
    const moved = (to: "infrastructure" | "secret" | "staff") =>
      diff({ ...DEFAULT_POLICY, fields: { "db.statement": to } })[0];
    expect(moved("secret")?.sentence).toMatch(
      /^db\.statement was code, and becomes secret: [a-z, ]+ see less of it\.$/,
    );
    expect(moved("infrastructure")?.sentence).toMatch(
      /: [a-z, ]+ see more of it; [a-z, ]+ see (?:less of it|something else)/,
    );
    expect(moved("staff")?.effect).toBe("different");
    expect(diff({ ...DEFAULT_POLICY, fields: { "db.statement": "code" } })).toEqual([]);
    const nobody = { ...DEFAULT_POLICY, roles: [] };
    const [silent] = diff({ ...nobody, fields: { "db.statement": "secret" } }, nobody);
    expect(silent).toMatchObject({ effect: "none", sentence: "db.statement was code, and becomes secret." });
  });

  it("say what was granted, what was held, and what no longer is", () => {
    const test = { role: "support", field: "msg", never: "see" } as const;
    const tested = { ...DEFAULT_POLICY, tests: [...DEFAULT_POLICY.tests, test] };
    expect(diff(tested)).toMatchObject([
      { before: null, after: "held", sentence: "Test added: support never sees msg." },
    ]);
    expect(diff(DEFAULT_POLICY, tested)).toMatchObject([
      { before: "held", after: null, sentence: "Test removed: support never sees msg." },
    ]);
    const able = changed("support", ({ abilities }) => ({ abilities: [...abilities, "unlink"] }));
    expect(diff(able)).toMatchObject([{ before: null, after: "granted", effect: "more" }]);
    expect(diff(DEFAULT_POLICY, able)).toMatchObject([{ before: "granted", after: null, effect: "less" }]);
    const rows = changed("support", () => ({ rows: [] }));
    expect(diff(rows).every(({ effect, sentence }) => effect === "less" && sentence.includes("loses a row rule"))).toBe(
      true,
    );
  });
});
