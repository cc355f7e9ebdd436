/** Taking anything away from any policy reveals nothing more, and looking through several pairs of eyes shows less. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Access } from "@/lib/domain/access";
import { PolicyDocument, type RolePolicy } from "@/lib/domain/policy";
import { TREATMENTS, type FieldClass } from "@/lib/domain/role";
import type { StitchedTimeline, TimelineRow } from "@/lib/domain/stitched-timeline";
import { EVENT_KINDS } from "@/lib/domain/timeline-event";
import { compileFieldCatalog } from "./field-catalog";
import { meetTreatments, tellsNoMoreThan } from "./meet-treatments";
import { DEFAULT_POLICY, policyHash, rolePolicyOf } from "./policy";
import { redactRow } from "./redact-row";
import { TimelineRedactor } from "./redact-timeline";
import { createRedactionContext, type RedactionSettings } from "./redaction-context";
import { aCanaryRow, canariesIn, OWN_SERVICE } from "./testing/a-canary-row";
import { anAccess } from "./testing/an-access";
import { aRolePolicy } from "./testing/a-role-policy";
import { redactionSettings } from "./testing/redaction-settings";

vi.setConfig({ testTimeout: 30_000 });

const BILLING = { ...OWN_SERVICE, name: "billing-api", displayName: "billing", owner: "Payments team" };
const ROWS = EVENT_KINDS.flatMap((kind) => [aCanaryRow(kind), aCanaryRow(kind, BILLING)]);
const settings = redactionSettings();
const GRANT = { granted: new Set([OWN_SERVICE.name]) };

const withRoles = (...roles: RolePolicy[]): PolicyDocument => ({
  ...DEFAULT_POLICY,
  roles: [...DEFAULT_POLICY.roles, ...roles],
});
const under = (role: RolePolicy, with_: readonly string[] = [], others: readonly RolePolicy[] = []): Access =>
  anAccess(role.name, { policy: withRoles(role, ...others), ...GRANT, with: with_ });

function timelineOf(rows: readonly TimelineRow[]): StitchedTimeline {
  const nothing = { edges: [], services: [], calls: [], findings: [], gaps: [], follow: [], unlinked: new Map() };
  const keys = rows[0]?.sightings.map(({ key }, n) => {
    return { id: rows[0]!.keyIds[n]!, key, asked: false, followed: true, rows: 1, degree: 1 };
  });
  return { ...nothing, rows, keys: keys ?? [], records: rows.length, leftOut: 0, foreign: 0 };
}

/** What somebody gets of rows of every kind. Rows that the policy leaves out never reach the redactor. */
function revealed(access: Access, using: RedactionSettings = settings): ReadonlySet<string> {
  const context = createRedactionContext(using, access);
  const withheld: string[] = [];
  const redactor = new TimelineRedactor(context, (_row, reason) => withheld.push(reason));
  const frames = redactor.rows(timelineOf(ROWS.filter((row) => context.rowAccess(row) !== "omit")));
  expect(withheld).toEqual([]);
  return canariesIn(JSON.stringify(frames.map((frame) => frame.reveal())));
}

function expectWithin(less: ReadonlySet<string>, more: ReadonlySet<string>): void {
  expect([...less].filter((canary) => !more.has(canary))).toEqual([]);
}

/** The same role without one of its parts, for each part. */
function withoutEachPart(role: RolePolicy): RolePolicy[] {
  const classes = Object.keys(role.classes) as FieldClass[];
  return [
    ...classes.map((name) => ({
      ...role,
      classes: Object.fromEntries(Object.entries(role.classes).filter(([one]) => one !== name)),
    })),
    ...role.rows.map((_, at) => ({ ...role, rows: role.rows.filter((_rule, place) => place !== at) })),
    ...role.abilities.map((ability) => ({ ...role, abilities: role.abilities.filter((one) => one !== ability) })),
  ];
}

describe("any policy", () => {
  it("reveals nothing more when a class, a row rule or an ability is taken away", () => {
    fc.assert(
      fc.property(aRolePolicy, (role) => {
        const all = revealed(under(role));
        for (const less of withoutEachPart(role)) expectWithin(revealed(under(less)), all);
      }),
      { numRuns: 40 },
    );
  });

  it("reveals most of the row when it grants everything, so that the tests here can fail", () => {
    const everything = Object.fromEntries(
      Object.keys(DEFAULT_POLICY.roles[1]!.classes).map((name) => [name, "show" as const]),
    );
    const role = {
      ...rolePolicyOf(DEFAULT_POLICY, "engineer"),
      name: "all",
      classes: { ...everything, personal: "show" as const },
    };
    const all = revealed(under(role));
    expect(all.size).toBeGreaterThan(20);
    expect(revealed(under({ ...role, classes: {} })).size).toBe(0);
    expect(all.has("zqsecret7012")).toBe(false);
  });

  it("has its own class for a field without an entry, and no other field is touched by that", () => {
    const entries = { "something.else": "personal", msg: "staff", "shop.tag": "workflow" } as const;
    const engineer = anAccess("engineer", GRANT);
    for (const path of Object.keys(entries)) {
      const fewer = Object.fromEntries(Object.entries(entries).filter(([one]) => one !== path));
      const value = { "something.else": "zqunknown7013", msg: "zqtext7011" }[path];
      const more = new Set([
        ...revealed(engineer, redactionSettings(entries)),
        ...(value === undefined ? [] : [value]),
      ]);
      expectWithin(revealed(engineer, redactionSettings(fewer)), more);
    }
  });

  it("shows through several pairs of eyes no more than through each of them", () => {
    fc.assert(
      fc.property(aRolePolicy, aRolePolicy, (one, two) => {
        const other = { ...two, name: "other" };
        const both = revealed(under(one, ["other"], [other]));
        expectWithin(both, revealed(under(one, [], [other])));
        expectWithin(both, revealed(anAccess("other", { policy: withRoles(one, other), ...GRANT })));
      }),
      { numRuns: 80 },
    );
  });

  it("gives an unknown role, and a role without rules, nothing", () => {
    expect(revealed(anAccess("nobody")).size).toBe(0);
    expect(revealed(under({ ...rolePolicyOf(DEFAULT_POLICY, "engineer"), name: "none", rows: [] })).size).toBe(0);
    expect(revealed({ ...anAccess("engineer"), lenses: [] }).size).toBe(0);
  });

  it("gives a vendor nothing of its own part that an engineer does not get, and nothing of another's", () => {
    const vendor = revealed(anAccess("vendor", GRANT));
    expectWithin(vendor, revealed(anAccess("engineer")));
    expect(vendor.has("zqinfra7008")).toBe(true);
    const foreign = createRedactionContext(settings, anAccess("vendor"));
    expect([...canariesIn(JSON.stringify(ROWS.map((row) => redactRow(row, "", foreign))))]).toEqual([]);
  });
});

describe("treatments that meet", () => {
  const pairs = TREATMENTS.flatMap((a) => TREATMENTS.map((b) => [a, b] as const));

  it("tell no more than either, in whatever order", () => {
    for (const [a, b] of pairs) {
      const met = meetTreatments(a, b);
      expect([a, b, tellsNoMoreThan(met, a) && tellsNoMoreThan(met, b)]).toEqual([a, b, true]);
      expect(meetTreatments(b, a)).toBe(met);
      for (const c of TREATMENTS) expect(meetTreatments(met, c)).toBe(meetTreatments(a, meetTreatments(b, c)));
    }
  });
});

describe("the hash of a policy", () => {
  const aDocument = fc.array(aRolePolicy, { minLength: 1, maxLength: 3 }).map((roles) => {
    return withRoles(...roles.map((role, n) => ({ ...role, name: `role-${String(n)}` })));
  });

  it("is the same in every order and with repeats", () => {
    fc.assert(
      fc.property(aDocument, fc.boolean(), (document, repeats) => {
        const turned: PolicyDocument = {
          ...document,
          roles: document.roles.toReversed().map((role) => ({
            ...role,
            rows: [...role.rows.toReversed(), ...(repeats ? role.rows : [])],
            abilities: role.abilities.toReversed(),
            classes: Object.fromEntries(Object.entries(role.classes).toReversed()),
          })),
          fields: Object.fromEntries(Object.entries(document.fields).toReversed()),
          tests: document.tests.toReversed(),
        };
        expect(policyHash(turned)).toBe(policyHash(document));
      }),
      { numRuns: 60 },
    );
  });

  it("is another one whenever a part that means something is gone", () => {
    fc.assert(
      fc.property(aDocument, (document) => {
        for (const role of document.roles) {
          for (const less of withoutEachPart(role)) {
            if (JSON.stringify(meaning(less)) === JSON.stringify(meaning(role))) continue;
            const changed = { ...document, roles: document.roles.map((one) => (one === role ? less : one)) };
            expect(policyHash(changed)).not.toBe(policyHash(document));
          }
        }
        expect(policyHash({ ...document, fields: { ...document.fields, "a.b": "text" } })).not.toBe(
          policyHash(document),
        );
        expect(policyHash({ ...document, keyKinds: { shop: "personal" } })).not.toBe(policyHash(document));
      }),
      { numRuns: 12 },
    );
  });

  it("cannot be made the same by a name that looks like another part", () => {
    const strange = ["a=text\nfield b", "a"].map((path) => ({
      ...DEFAULT_POLICY,
      fields: { [path]: "text" as const, b: "code" as const },
    }));
    expect(new Set(strange.map(policyHash)).size).toBe(2);
    const split = PolicyDocument.parse({ ...DEFAULT_POLICY, fields: { a: "text", b: "code" } });
    const joined = PolicyDocument.parse({ ...DEFAULT_POLICY, fields: { "a=text\nfield b": "code" } });
    expect(policyHash(split)).not.toBe(policyHash(joined));
  });
});

/** What a role decides: absent is absent, written or not; a secret is nobody's. */
function meaning({ classes, rows, abilities }: RolePolicy): unknown {
  const cells = Object.entries(classes)
    .filter(([name]) => name !== "secret")
    .map(
      ([name, cell]) =>
        [name, typeof cell === "string" ? { own: cell, other: cell } : { own: cell.own, other: cell.other }] as const,
    )
    .filter(([, cell]) => cell.own !== "absent" || cell.other !== "absent")
    .sort();
  return [cells, [...new Set(rows.map((rule) => JSON.stringify(rule)))].sort(), [...new Set(abilities)].sort()];
}

describe("the catalogue of fields", () => {
  it("takes no entry's word against a secret's name", () => {
    const fields = compileFieldCatalog(
      { "db.password": "workflow", "*": "workflow", "db.*": "workflow" },
      settings.keyRules,
    );
    expect(fields.classOf("db.password")).toBe("secret");
  });
});
