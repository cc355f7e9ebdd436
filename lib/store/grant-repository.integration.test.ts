import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Store } from "./open-store";
import type { NewStoredGrant } from "./grant-repository";
import { testDatabases } from "./testing/databases";

const NOW = new Date("2026-03-01T10:00:00Z");
const TOMORROW = new Date("2026-03-02T10:00:00Z");

describe.each(testDatabases())("grants on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let store: Store;
  let userId: string;
  beforeAll(async () => {
    fresh = await database.create();
    store = await openStore(fresh.settings);
    const email = "vic@example.test";
    const user = await store.users.create({
      ...{ email, name: "Vic", role: "vendor", roles: ["vendor"], passwordHash: null },
    });
    userId = user?.id ?? "";
  });
  afterAll(async () => {
    await store?.close();
    await fresh?.remove();
  });

  const grant = (part: Partial<NewStoredGrant>) =>
    store.grants.create({
      ...{ userId, services: ["mail"], reason: "Contract 7", createdBy: userId, expiresAt: TOMORROW, ...part },
    });
  const inForce = async (incident: string, now = NOW) =>
    (await store.grants.inForce(userId, incident, now)).map(({ id }) => id);

  it("of services count in every incident, those of an incident in that one only", async () => {
    const everywhere = await grant({});
    const here = await grant({ services: [], incident: "here" });
    expect(new Set(await inForce("here"))).toEqual(new Set([everywhere.id, here.id]));
    expect(await inForce("elsewhere")).toEqual([everywhere.id]);
    expect(await store.grants.inForce(randomUUID(), "here", NOW)).toEqual([]);
  });

  it("end at their date, and when they are revoked, once", async () => {
    const { id } = await grant({ services: [], incident: "short" });
    expect(await inForce("short")).toContain(id);
    expect(await inForce("short", TOMORROW)).toEqual([]);
    expect(await store.grants.findLive(id, NOW)).toMatchObject({ id, userId, incident: "short" });
    expect(await store.grants.findLive(id, TOMORROW)).toBeUndefined();
    expect(await store.grants.revoke(id, NOW)).toBe(true);
    expect(await inForce("short")).not.toContain(id);
    expect(await store.grants.findLive(id, NOW)).toBeUndefined();
    for (const gone of [id, randomUUID(), "x"]) expect(await store.grants.revoke(gone, NOW)).toBe(false);
    for (const unknown of [randomUUID(), "x"]) expect(await store.grants.findLive(unknown, NOW)).toBeUndefined();
  });

  it("are listed with the newest first, the revoked ones among them", async () => {
    const last = await grant({ services: ["a", "b"] });
    await store.grants.revoke(last.id, NOW);
    const [first] = await store.grants.list(userId);
    expect(first).toMatchObject({ id: last.id, services: ["a", "b"], incident: undefined, revokedAt: NOW });
    expect((await store.grants.list()).length).toBe((await store.grants.list(userId)).length);
  });

  it("without services and without an incident are refused by the table", async () => {
    await expect(grant({ services: [] })).rejects.toThrow();
  });
});
