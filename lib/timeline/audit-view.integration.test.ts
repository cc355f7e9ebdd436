import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { closeStore, store } from "@/lib/store/open-store";
import { anAccess } from "@/lib/redact/testing/an-access";
import { auditView } from "./audit-view";
import { anInstallation, as } from "./testing/an-installation";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-audit-view-"));
beforeAll(() => {
  Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

it("records the keys that were widened beside those that were asked, accounts by their pseudonym", async () => {
  const window = { fromNs: epochNsFromMs(1), toNs: epochNsFromMs(2) };
  const widen = new Set(["order:48193", "account:acct_zq2077"] as const);
  const deps = anInstallation({}, Date.now);
  const asked = { keys: [{ kind: "order", value: "1" }], window, widen };
  await auditView({ ...as("support"), userId: randomUUID() }, asked, anAccess("support"), deps);
  const [entry] = await (await store()).audit.latest(1);
  expect(entry?.subjects).toEqual(["order:1", "order:48193", expect.stringMatching(/^account:account·/)]);
});
