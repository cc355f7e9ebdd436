import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PolicyPreviewWish } from "@/lib/contract/policy";
import type { PolicyDocument, RolePolicy } from "@/lib/domain/policy";
import type { Role } from "@/lib/domain/role";
import { DEFAULT_POLICY } from "@/lib/redact/policy";
import { closeStore, store } from "@/lib/store/open-store";
import { previewPolicy } from "./preview-policy";
import { as } from "./testing/an-installation";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-preview-"));
beforeAll(() => {
  Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

const person = (role: Role) => ({ ...as(role), userId: randomUUID() });
const wish = (document: PolicyDocument, role: Role = "support") =>
  PolicyPreviewWish.parse({ document, role, question: { keys: ["order:48192"], from: "now-1h" } });
const preview = (document: PolicyDocument, role?: Role) =>
  previewPolicy(person("admin"), wish(document, role), new AbortController().signal);

function supportWith(part: Partial<RolePolicy>, extra: Partial<PolicyDocument> = {}): PolicyDocument {
  const roles = DEFAULT_POLICY.roles.map((role) => (role.name === "support" ? { ...role, ...part } : role));
  return { ...DEFAULT_POLICY, ...extra, roles };
}

it("answers as the role under the draft, and is on record with the draft's hash", async () => {
  const answer = await preview(DEFAULT_POLICY, "vendor");
  expect(answer?.query).toMatchObject({ role: "vendor", policyVersion: "draft" });
  const entries = await (await store()).audit.latest(5);
  expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(["policy.preview", "timeline.view"]));
  expect(entries.find(({ action }) => action === "policy.preview")?.detail).toMatchObject({ as: "vendor" });
});

it("does not pick rows by a label that is hidden under the policy in force, whatever the draft calls it", async () => {
  const rows = [{ rows: { labels: { "user.email": ["ada@example.test"] } }, grant: "full" as const }];
  const harmless = supportWith({ rows }, { fields: { "user.email": "infrastructure" } });
  await expect(preview(harmless)).rejects.toMatchObject({
    code: "bad-request",
    field: "document.roles.support.rows.0",
  });
});

it("is refused for a draft with a problem, a role that it lacks, and a role that does not administer", async () => {
  const bad = preview(supportWith({ classes: { text: "show" } }));
  await expect(bad).rejects.toMatchObject({ field: "document.roles.support.classes.text" });
  await expect(preview(DEFAULT_POLICY, "finance")).rejects.toMatchObject({ field: "role" });
  const other = previewPolicy(person("engineer"), wish(DEFAULT_POLICY), new AbortController().signal);
  await expect(other).rejects.toMatchObject({ code: "forbidden" });
});
