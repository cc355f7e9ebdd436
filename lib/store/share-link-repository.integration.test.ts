import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Store } from "./open-store";
import { testDatabases } from "./testing/databases";

describe.each(testDatabases())("share links on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let store: Store;
  beforeAll(async () => {
    fresh = await database.create();
    store = await openStore(fresh.settings);
  });
  afterAll(async () => {
    await store?.close();
    await fresh?.remove();
  });

  const wish = (createdBy: string) => ({
    ...{ id: randomUUID(), hash: randomUUID(), prefix: "abcdef", createdBy, createdAs: "engineer", audience: null },
    ...{ incident: "digest", question: "v1.sealed", expiresAt: new Date("2026-11-27T00:00:00Z") },
  });

  it("are found by their digest, which no answer repeats", async () => {
    const { hash, ...asked } = wish(randomUUID());
    const made = await store.shareLinks.create({ hash, ...asked });
    expect(made).toMatchObject({ ...asked, revokedAt: null, opened: 0, lastOpenedAt: null });
    expect(await store.shareLinks.findByHash(hash)).toEqual(made);
    expect(await store.shareLinks.findByHash("another")).toBeNull();
    expect(JSON.stringify(made)).not.toContain(hash);
  });

  it("are listed for their maker alone, newest first, or for everybody", async () => {
    const maker = randomUUID();
    const first = await store.shareLinks.create(wish(maker));
    const second = await store.shareLinks.create(wish(maker));
    const foreign = await store.shareLinks.create(wish(randomUUID()));
    const { links: own, total } = await store.shareLinks.list(10, maker);
    expect(total).toBe(2);
    expect(new Set(own.map(({ id }) => id))).toEqual(new Set([first.id, second.id]));
    expect(own[0]?.createdAt.getTime()).toBeGreaterThanOrEqual(own[1]?.createdAt.getTime() ?? Infinity);
    const newest = await store.shareLinks.list(1, maker);
    expect(newest).toEqual({ links: own.slice(0, 1), total: 2 });
    expect((await store.shareLinks.list(10_000)).links.map(({ id }) => id)).toContain(foreign.id);
  });

  it("are revoked once, by their maker or by nobody's leave", async () => {
    const maker = randomUUID();
    const { id } = await store.shareLinks.create(wish(maker));
    const at = new Date("2026-11-26T12:00:00Z");
    const can = [randomUUID(), maker, undefined].map((who) => store.shareLinks.canRevoke(id, who));
    expect(await Promise.all(can)).toEqual([false, true, true]);
    expect(await store.shareLinks.revoke(id, at, randomUUID())).toBe(false);
    expect(await store.shareLinks.revoke(id, at, maker)).toBe(true);
    expect(await store.shareLinks.revoke(id, at)).toBe(false);
    expect(await store.shareLinks.canRevoke(id, maker)).toBe(false);
    expect(await store.shareLinks.revoke("no uuid", at)).toBe(false);
  });

  it("count how often they were opened", async () => {
    const { id, createdBy } = await store.shareLinks.create(wish(randomUUID()));
    const at = new Date("2026-11-26T12:00:00Z");
    await Promise.all([store.shareLinks.noteOpening(id, at), store.shareLinks.noteOpening(id, at)]);
    const [link] = (await store.shareLinks.list(10, createdBy)).links;
    expect(link).toMatchObject({ opened: 2, lastOpenedAt: at });
  });
});
