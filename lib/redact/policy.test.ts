/** The built-in policy does what docs/configuration.md promises, cell by cell; and policies are told apart by meaning. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { PolicyDocument, RolePolicy } from "@/lib/domain/policy";
import type { FieldClass, Treatment } from "@/lib/domain/role";
import { EVENT_KINDS } from "@/lib/domain/timeline-event";
import { compileClassTable } from "./class-table";
import { DEFAULT_POLICY, policyHash, rolePolicyOf } from "./policy";
import { rowAccess } from "./row-access";
import { aCanaryRow } from "./testing/a-canary-row";
import { anAccess } from "./testing/an-access";

/** Words of the documented table: what is read inside and outside of the reader's own scope. */
const WORDS: Readonly<Record<string, readonly [own: Treatment, other: Treatment]>> = {
  shown: ["show", "show"],
  absent: ["absent", "absent"],
  scrubbed: ["scrub", "scrub"],
  masked: ["mask", "mask"],
  "stand-in": ["pseudonym", "pseudonym"],
  "stand-in, other per incident": ["incident-pseudonym", "incident-pseudonym"],
  "team only": ["team", "team"],
  sentence: ["template", "template"],
  coarse: ["bucket", "bucket"],
  "sentence in own scope": ["template", "absent"],
  "own scope; else no service": ["show", "template"],
};
/** Support reads its own notes through the detectors, a vendor its own systems as they are. */
const OWN_SCOPE: Readonly<Record<string, readonly [Treatment, Treatment]>> = {
  support: ["scrub", "absent"],
  vendor: ["show", "absent"],
};

function documented(): readonly (readonly [role: string, fieldClass: FieldClass, word: string])[] {
  const lines = readFileSync("docs/configuration.md", "utf8").split("\n");
  const cellsOf = (line: string) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", ""));
  const first = lines.findIndex((line) => line.startsWith("| `workflow`"));
  const [, ...roles] = cellsOf(lines[first - 2] ?? "");
  return lines.slice(first, first + 12).flatMap((line) => {
    const [fieldClass = "", ...words] = cellsOf(line);
    return words.map((word, i) => [(roles[i] ?? "").toLowerCase(), fieldClass as FieldClass, word] as const);
  });
}

describe("the built-in policy", () => {
  it.each(documented())("gives %s of the class %s what the documentation says: %s", (role, fieldClass, word) => {
    const treats = [true, false].map((own) => compileClassTable(anAccess(role), [own]).treat(fieldClass));
    expect(treats).toEqual(word === "own scope" ? OWN_SCOPE[role] : WORDS[word]);
  });

  const accessOf = (role: string, own: boolean, recognised = false) =>
    EVENT_KINDS.map((kind) =>
      rowAccess(
        { ...aCanaryRow(kind), recognised },
        anAccess(role, { granted: own ? "all" : new Set<string>() }).lenses,
      ),
    );
  const kindsIn = (access: readonly string[], wanted: string) => EVENT_KINDS.filter((_, i) => access[i] === wanted);

  it("shows an engineer and an admin every row", () => {
    for (const role of ["engineer", "admin"]) expect(kindsIn(accessOf(role, false), "full")).toEqual([...EVENT_KINDS]);
  });

  it("lets support and managers know of measurements, and support of alerts, and no more than that", () => {
    expect(kindsIn(accessOf("support", false), "stub").sort()).toEqual(["alert", "metric-step"]);
    expect(kindsIn(accessOf("manager", false), "stub")).toEqual(["metric-step"]);
  });

  it("shows support and managers whatever an approved sentence recognises", () => {
    for (const role of ["support", "manager"])
      expect(kindsIn(accessOf(role, false, true), "full")).toEqual([...EVENT_KINDS]);
  });

  it("shows a vendor only rows of what was shared with it", () => {
    expect(kindsIn(accessOf("vendor", false, true), "stub")).toEqual([...EVENT_KINDS]);
    expect(kindsIn(accessOf("vendor", true), "stub").sort()).toEqual(["alert", "metric-step"]);
  });

  it("gives nothing at all to a role that it does not name", () => {
    expect(rolePolicyOf(DEFAULT_POLICY, "stranger")).toMatchObject({
      classes: {},
      rows: [],
      abilities: [],
      mayReveal: [],
    });
    expect(kindsIn(accessOf("stranger", true, true), "omit")).toEqual([...EVENT_KINDS]);
  });

  it("gives secrets to nobody, whatever a document says", () => {
    const roles = DEFAULT_POLICY.roles.map((role) => ({
      ...role,
      classes: { ...role.classes, secret: "show" as const },
    }));
    const access = anAccess("engineer", { policy: { ...DEFAULT_POLICY, roles }, revealed: ["secret"] });
    expect(compileClassTable(access, [true]).treat("secret")).toBe("absent");
  });
});

describe("the hash of a policy", () => {
  const withRole = (change: Partial<RolePolicy>): PolicyDocument => ({
    ...DEFAULT_POLICY,
    roles: DEFAULT_POLICY.roles.map((role) => (role.name === "support" ? { ...role, ...change } : role)),
  });
  const support = rolePolicyOf(DEFAULT_POLICY, "support");
  const known = policyHash(DEFAULT_POLICY);

  it("is a SHA-256", () => {
    expect(known).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is the same for every order and repetition of the parts, and for what is written out or left out", () => {
    const same = [
      { ...DEFAULT_POLICY, roles: [...DEFAULT_POLICY.roles].reverse() },
      withRole({ rows: [...support.rows, ...support.rows].reverse() }),
      withRole({ abilities: [...support.abilities].reverse() }),
      withRole({ classes: { ...support.classes, infrastructure: "absent", secret: "show" } }),
      withRole({ classes: { ...support.classes, workflow: { own: "show", other: "show" } } }),
      withRole({
        rows: support.rows.map(({ rows, grant }) => ({ rows: { ...rows, own: undefined }, grant }) as never),
      }),
      withRole({
        rows: support.rows.map(({ rows, grant }) => ({
          rows: { ...rows, ...(rows.kinds && { kinds: [...rows.kinds, ...rows.kinds].reverse() }) },
          grant,
        })),
      }),
    ];
    for (const document of same) expect(policyHash(document)).toBe(known);
  });

  it("is another for every other decision", () => {
    const labels = (team: readonly string[]): PolicyDocument =>
      withRole({ rows: [{ rows: { labels: { team: [...team] } }, grant: "full" }] });
    const others = [
      withRole({ classes: { ...support.classes, personal: "show" } }),
      withRole({ classes: { ...support.classes, personal: { own: "show", other: "absent" } } }),
      withRole({ classes: { ...support.classes, personal: { own: "absent", other: "show" } } }),
      withRole({ rows: [] }),
      withRole({ rows: support.rows.map(({ rows }) => ({ rows, grant: "full" })) }),
      withRole({ abilities: [] }),
      withRole({ mayReveal: ["note"] }),
      withRole({ name: "help" }),
      labels(["a"]),
      labels(["b"]),
      labels(["a", "b"]),
      withRole({ rows: [{ rows: { labels: { b: ["a"] } }, grant: "full" }] }),
      withRole({ rows: [{ rows: { recognised: true }, grant: "full" }] }),
      withRole({ rows: [{ rows: { own: true }, grant: "full" }] }),
      { ...DEFAULT_POLICY, fields: { "a.b": "code" as const } },
      { ...DEFAULT_POLICY, fields: { "a.b": "text" as const } },
      { ...DEFAULT_POLICY, keyKinds: { cart: "account-id" as const } },
      { ...DEFAULT_POLICY, tests: [] },
    ];
    const hashes = [known, ...others.map(policyHash)];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
