import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KeyRuleDraft } from "@/lib/contract/key-rule";
import type { Principal } from "@/lib/domain/principal";
import type { Role } from "@/lib/domain/role";
import { closeStore, store } from "@/lib/store/open-store";
import { changeKeyRule, createKeyRule, listKeyRules, removeKeyRule, testKeyRule } from "./manage-key-rules";
import { freshTimelineDeps, timelineDeps } from "./timeline-deps";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-key-rules-"));
const as = (role: Role): Principal => ({
  ...{ userId: randomUUID(), displayName: "Ada", email: "ada@example.test", role, teams: [], via: "session" as const },
});
const admin = as("admin");
const draft = (part: object = {}) =>
  KeyRuleDraft.parse({ name: randomUUID(), kind: "parcel", attributes: ["parcel.id"], ...part });
const kinds = () => timelineDeps().reading.keys.all.map(({ rule }) => rule.kind);

beforeAll(() => {
  const file = path.join(dataDir, "throughline.yaml");
  writeFileSync(file, "keys:\n  - { name: of the file, kind: order, attributes: [bestellnummer] }\n");
  Object.assign(process.env, { DATA_DIR: dataDir, THROUGHLINE_CONFIG: file, LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

describe("a rule made on the page", () => {
  it("counts from the next question on, and no longer when it is removed", async () => {
    const made = await createKeyRule(admin, draft({ kind: "pallet" }));
    await freshTimelineDeps();
    expect(kinds()).toContain("pallet");
    await removeKeyRule(admin, made.id ?? "", 1);
    await freshTimelineDeps();
    expect(kinds()).not.toContain("pallet");
  });

  it("made by another process counts too", async () => {
    const { keyRules } = await store();
    await keyRules.create(draft({ kind: "crate" }), { userId: randomUUID(), name: "Eve" });
    await freshTimelineDeps();
    expect(kinds()).toContain("crate");
  });

  it("is audited with its id and name, and without its patterns", async () => {
    const made = await createKeyRule(admin, draft({ text: ["label (SH-[0-9]+)"] }));
    const { audit } = await store();
    const [entry] = await audit.latest(1);
    expect(entry).toMatchObject({ actor: admin.userId, role: "admin", action: "key-rule.create" });
    expect(entry?.detail).toEqual({ ruleId: made.id, name: made.rule.name, version: 1 });
  });

  it("is not changed by who has an older version", async () => {
    const { id, rule } = await createKeyRule(admin, draft());
    await changeKeyRule(admin, id ?? "", { rule: draft({ name: rule.name, words: ["parcel"] }), version: 1 });
    const late = changeKeyRule(admin, id ?? "", { rule: draft({ name: rule.name }), version: 1 });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
  });

  it.each([
    ["the name of a rule of the file", { name: "of the file" }, "conflict", "name"],
    ["a bad pattern", { text: ["(?=x)(y)"] }, "bad-request", "text.0"],
    ["a field of personal data", { attributes: ["parcel.id", "user.name"] }, "bad-request", "attributes.1"],
    ["a field of account ids", { attributes: ["customer_id"] }, "bad-request", "attributes.0"],
    [
      "the place of the rule for account ids",
      { name: "account id", attributes: ["account.id"] },
      "bad-request",
      "attributes.0",
    ],
    ["the word before account ids", { words: ["parcel", "Customer"] }, "bad-request", "words.1"],
    ["a secret", { attributes: ["session.token"] }, "bad-request", "attributes.0"],
    ["values that are addresses", { value: ".+@.+" }, "bad-request", "value"],
  ])("is refused with %s", async (_, part, code, field) => {
    await expect(createKeyRule(admin, draft(part))).rejects.toMatchObject({ code, field });
  });
});

it("another rule for account ids may read them", async () => {
  const made = createKeyRule(admin, draft({ kind: "account", attributes: ["customer.id"], words: ["customer"] }));
  await expect(made).resolves.toMatchObject({ inForce: true });
});

describe("who may do what", () => {
  it.each(["support", "manager"] as const)("%s may not even read", async (role) => {
    await expect(listKeyRules(as(role))).rejects.toMatchObject({ code: "forbidden" });
    await expect(testKeyRule(as(role), { rule: draft(), lines: "" })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("an engineer reads and tries, and changes nothing", async () => {
    expect(await listKeyRules(as("engineer"))).toMatchObject({ mayEdit: false });
    const rule = draft({ attributes: ["toy.id"] });
    const trial = await testKeyRule(as("engineer"), { rule, lines: "toy_id=77" });
    expect(trial.lines[0]?.finds).toMatchObject([{ value: "77", draft: true }]);
    await expect(createKeyRule(as("engineer"), draft())).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeKeyRule(as("engineer"), randomUUID(), 1)).rejects.toMatchObject({ code: "forbidden" });
  });
});
