import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { OwnGrants } from "@/lib/contract/person";
import { aPerson, requestOf, type TestPerson } from "@/lib/identity/testing/a-person";
import { closeStore, store } from "@/lib/store/open-store";
import { GET } from "./route";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-grants-"));
const DAY_MS = 24 * 3_600_000;

beforeAll(() => {
  Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

async function give(to: TestPerson, services: readonly string[], incident?: string) {
  const expiresAt = new Date(Date.now() + DAY_MS);
  const grant = { userId: to.user.id, services, incident, reason: "Contract 7.", createdBy: to.user.id, expiresAt };
  return (await store()).grants.create(grant);
}

async function grantsOf(person: TestPerson) {
  const answer = await GET(requestOf(person, "/api/v1/grants"), {});
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
  return OwnGrants.parse(await answer.json()).grants;
}

it("tells a vendor what was shared with them, and nothing of others", async () => {
  const [vic, eve, admin] = [await aPerson("vendor"), await aPerson("vendor"), await aPerson("admin")];
  const first = await give(vic, ["payment-gateway"]);
  const second = await give(vic, ["mailer"], "digest-of-an-incident");
  await give(eve, ["ledger"]);
  expect(await grantsOf(vic)).toMatchObject([
    { id: second.id, services: ["mailer"], oneIncident: true, state: "in-force", reason: "" },
    { id: first.id, services: ["payment-gateway"], oneIncident: false, state: "in-force", reason: "" },
  ]);
  expect(await grantsOf(eve)).toHaveLength(1);
  expect(await grantsOf(admin)).toEqual([]);
});

it("no longer names to a vendor what was taken back", async () => {
  const vic = await aPerson("vendor");
  const grant = await give(vic, ["payment-gateway"]);
  await (await store()).grants.revoke(grant.id, new Date());
  expect(await grantsOf(vic)).toMatchObject([{ services: ["another service"], state: "revoked" }]);
});

it("is closed to strangers", async () => {
  expect((await GET(new Request("http://localhost/api/v1/grants"), {})).status).toBe(401);
});
