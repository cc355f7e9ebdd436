import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Store } from "./open-store";
import { testDatabases } from "./testing/databases";

describe.each(testDatabases())("unlinks on the $name database", (database) => {
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

  const wish = (scope: string, target: string) => ({
    ...{ scope, target, kind: "row" as const, reason: "another shop" },
    ...{ createdBy: randomUUID(), createdByName: "Ada" },
  });

  it("belong to one incident and stay until undone", async () => {
    const made = await store.unlinks.create(wish("incident-a", "row-1"));
    expect(await store.unlinks.list("incident-a")).toEqual([made]);
    expect(await store.unlinks.list("incident-b")).toEqual([]);
    expect(await store.unlinks.undo(made.id, randomUUID(), new Date())).toBe(true);
    expect(await store.unlinks.list("incident-a")).toEqual([]);
    expect(await store.unlinks.undo(made.id, randomUUID(), new Date())).toBe(false);
  });

  it("are one for one thing, however many people unlinked it, and undone at once", async () => {
    const first = await store.unlinks.create(wish("incident-c", "row-1"));
    await store.unlinks.create(wish("incident-c", "row-1"));
    expect(await store.unlinks.list("incident-c")).toHaveLength(1);
    expect(await store.unlinks.undo(first.id, randomUUID(), new Date())).toBe(true);
    expect(await store.unlinks.list("incident-c")).toEqual([]);
  });

  it("are not found under an id that is none", async () => {
    expect(await store.unlinks.undo("'; DROP TABLE unlinks; --", randomUUID(), new Date())).toBe(false);
  });
});
