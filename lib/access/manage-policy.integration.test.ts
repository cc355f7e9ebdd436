import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PolicyDocument, RolePolicy } from "@/lib/domain/policy";
import type { Principal } from "@/lib/domain/principal";
import type { Role } from "@/lib/domain/role";
import { DEFAULT_POLICY } from "@/lib/redact/policy";
import { closeStore, store } from "@/lib/store/open-store";
import { checkDraft } from "./examine-policy";
import { explainOwnPolicy } from "./explain-policy";
import { publishPolicy, readPolicy, readPolicyVersion } from "./manage-policy";
import { policyInForce } from "./policy-in-force";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-policy-"));
const as = (role: Role): Principal => ({
  ...{ userId: randomUUID(), displayName: "Ada", email: "ada@example.test", role, teams: [], via: "session" as const },
});
const admin = as("admin");

beforeAll(() => {
  Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

function changed(name: Role, part: Partial<RolePolicy>, document = DEFAULT_POLICY): PolicyDocument {
  return { ...document, roles: document.roles.map((role) => (role.name === name ? { ...role, ...part } : role)) };
}

async function publish(document: PolicyDocument, part: { restores?: number; note?: string } = {}) {
  const expected = await (await store()).policies.newest();
  return publishPolicy(admin, { document, note: "why", expected, ...part });
}

describe("a published policy", () => {
  it("is in force from the next answer on, with its number", async () => {
    const { version } = await publish(changed("support", { classes: { workflow: "show" } }));
    const policy = await policyInForce();
    expect(policy.label).toBe(`v${String(version)}`);
    expect(policy.document.roles.find(({ name }) => name === "support")?.classes).toEqual({ workflow: "show" });
    expect(await explainOwnPolicy(as("support"))).toMatchObject({ label: policy.label });
  });

  it("is on record with the number of changes, and without its content", async () => {
    await publish(DEFAULT_POLICY);
    const { version, hash } = await publish(changed("support", { abilities: [], mayReveal: [] }));
    const [entry] = await (await store()).audit.latest(1);
    expect(entry).toMatchObject({ actor: admin.userId, role: "admin", action: "policy.publish" });
    expect(entry?.detail).toEqual({ version, hash, more: 0, less: 5, different: 0 });
  });

  it("is refused to the one of two admins who published second", async () => {
    const expected = await (await store()).policies.newest();
    const wish = { document: DEFAULT_POLICY, note: "mine", expected };
    const results = await Promise.allSettled([publishPolicy(admin, wish), publishPolicy(as("admin"), wish)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict", field: "expected" },
    });
  });

  it("may be an older one again, and only as it was", async () => {
    const first = await publish(changed("support", { classes: {} }));
    await publish(DEFAULT_POLICY);
    const { document, changes } = await readPolicyVersion(admin, first.version);
    expect(changes.every(({ effect }) => effect === "less")).toBe(true);
    if (!document) throw new Error("no document");
    expect(await publish(document, { restores: first.version })).toMatchObject({ restores: first.version });
    await expect(publish(DEFAULT_POLICY, { restores: first.version })).rejects.toMatchObject({ field: "restores" });
    await expect(publish(document, { restores: 99_999 })).rejects.toMatchObject({ field: "restores" });
  });

  it("is listed with who, when and why", async () => {
    await publish(DEFAULT_POLICY, { note: "back to the start" });
    const { history, newest, document, provisioned } = await readPolicy(admin);
    expect(history[0]).toMatchObject({ version: newest, note: "back to the start", by: "Ada" });
    expect([document, provisioned]).toEqual([DEFAULT_POLICY, false]);
  });
});

describe("a policy is not published", () => {
  it.each<[string, PolicyDocument, string, RegExp]>([
    [
      "without a built-in role",
      { ...DEFAULT_POLICY, roles: DEFAULT_POLICY.roles.slice(1) },
      "roles.support",
      /built in/,
    ],
    [
      "that shows text as it is",
      changed("engineer", { classes: { text: "show" } }),
      "roles.engineer.classes.text",
      /Free text/,
    ],
    ["that shuts its publisher out", changed("admin", { abilities: ["ask"] }), "roles", /administer/],
    [
      "that fails one of its tests",
      changed("support", { classes: { infrastructure: "show" } }),
      "tests.1",
      /“support never sees class:infrastructure” fails/,
    ],
  ])("%s", async (_, document, field, detail) => {
    const before = await (await store()).policies.newest();
    await expect(publish(document)).rejects.toMatchObject({ code: "bad-request", field: `document.${field}`, detail });
    expect(await (await store()).policies.newest()).toBe(before);
  });

  it.each<Role>(["support", "engineer", "manager", "vendor", "stranger"])("by the role %s", async (role) => {
    const wish = { document: DEFAULT_POLICY, note: "mine", expected: 0 };
    for (const call of [
      () => publishPolicy(as(role), wish),
      () => checkDraft(as(role), DEFAULT_POLICY),
      () => readPolicy(as(role)),
      () => readPolicyVersion(as(role), 1),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});

describe("a draft", () => {
  it("is told with its problems, its tests, what it changes and whom it leaves", async () => {
    const { users } = await store();
    const person = { name: "Fin", role: "finance", roles: ["finance"], passwordHash: null };
    await users.create({ ...person, email: "fin@example.test" });
    const gone = await users.create({ ...person, email: "gone@example.test" });
    await users.update(gone?.id ?? "", { disabledAt: new Date() });
    await publish(DEFAULT_POLICY);
    const check = await checkDraft(admin, changed("support", { classes: { infrastructure: "show", text: "show" } }));
    expect(check.problems).toMatchObject([{ path: "roles.support.classes.text" }]);
    expect(check.tests.filter(({ passed }) => !passed)).toMatchObject([{ field: "class:infrastructure" }]);
    expect(check.changes.some(({ name, effect }) => name === "infrastructure" && effect === "more")).toBe(true);
    expect(check.notes).toEqual([
      "1 person has the role finance, which this policy does not know: it would show them nothing.",
    ]);
  });
});

it("a version that this program cannot read shows nobody anything, and an admin publishes another one", async () => {
  await publish(changed("support", { description: "the last good one" }));
  const { policies } = await store();
  // As another version of the program would have stored it.
  const unknown = JSON.parse('{"roles":"another shape"}');
  await policies.publish({
    document: unknown,
    hash: "",
    note: "",
    by: { userId: randomUUID(), name: "Eve" },
    expected: await policies.newest(),
  });
  expect(
    (await policyInForce()).document.roles.every(
      ({ rows, classes }) => rows.length + Object.keys(classes).length === 0,
    ),
  ).toBe(true);
  const view = await readPolicy(admin);
  expect(view).toMatchObject({ unreadable: true });
  expect(view.document.roles.find(({ name }) => name === "support")?.description).toBe("the last good one");
  await publish(view.document);
  expect(await readPolicy(admin)).toMatchObject({ unreadable: false });
});

it("the policy of the provisioning file is read and not changed", async () => {
  const { configuration } = await import("@/lib/config/load-configuration");
  Object.assign(configuration(), { policy: DEFAULT_POLICY });
  expect(await readPolicy(admin)).toMatchObject({ provisioned: true, label: "file" });
  await expect(publish(DEFAULT_POLICY)).rejects.toMatchObject({ code: "conflict" });
});
