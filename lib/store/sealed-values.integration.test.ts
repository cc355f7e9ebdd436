import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SourceSettings } from "@/lib/domain/source-settings";
import type { InstallationKeys } from "@/lib/platform/installation-key";
import { createSealer } from "@/lib/platform/seal";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/prisma/generated/client";
import { findRunningEmbeddedPostgres } from "./embedded-postgres";
import { createKeyRotation } from "./key-rotation";
import { createLastingKeyRepository } from "./lasting-key-repository";
import { openStore, type Store } from "./open-store";
import { sealedColumns } from "./sealed-columns";
import { createSourceRepository } from "./source-repository";
import { testDatabases } from "./testing/databases";

const [old, fresh, foreign] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2), Buffer.alloc(32, 3)];
const before: InstallationKeys = { current: old, previous: [] };
const during: InstallationKeys = { current: fresh, previous: [old] };
const after: InstallationKeys = { current: fresh, previous: [] };
const ada = { userId: randomUUID(), name: "Ada" };
const settings = (name: string) => SourceSettings.parse({ kind: "loki", name, url: "https://loki.example" });
const CANARY = "glsa_zqcanary8";

describe.each(testDatabases())("sealed values on the $name database", (database) => {
  let place: Awaited<ReturnType<typeof database.create>>;
  let store: Store;
  let prisma: PrismaClient;
  const sourcesWith = (keys: InstallationKeys) => createSourceRepository(prisma, () => keys);
  const rotation = (keys: InstallationKeys) => createKeyRotation(sealedColumns(prisma), () => keys);
  const lasting = (keys: InstallationKeys) => createLastingKeyRepository(prisma, () => keys);

  const opened = (keys: InstallationKeys, sealed = "", id = "") =>
    createSealer(keys, "reveals.asked_keys").unseal(sealed, { table: "reveals", id, column: "asked_keys" });
  const aRevealOfOrder = async () => {
    const id = randomUUID();
    const place = { table: "reveals", id, column: "asked_keys" };
    const askedKeys = createSealer(before, "reveals.asked_keys").seal("order:48192", place);
    const wish = { fieldClass: "text", reason: "Because.", ticket: "T-1", minutes: 5, needsSecond: true } as const;
    const who = { userId: ada.userId, by: ada.name, role: "engineer" } as const;
    await store.reveals.create({ id, ...who, incident: "digest", askedKeys, ...wish, askedAt: new Date() });
    return id;
  };

  beforeAll(async () => {
    place = await database.create();
    store = await openStore({ ...place.settings, keys: before });
    const { databaseUrl, dataDir } = place.settings;
    const running = databaseUrl === undefined ? await findRunningEmbeddedPostgres(dataDir) : null;
    const login = running
      ? { user: "postgres", database: "postgres", host: running.host, max: 2 }
      : { connectionString: databaseUrl };
    prisma = new PrismaClient({ adapter: new PrismaPg(login) });
  });
  afterAll(async () => {
    await prisma?.$disconnect();
    await store?.close();
    await place?.remove();
  });

  it("keep a source's secrets out of every column, and give them back to the server", async () => {
    const made = await store.sources.create({ ...settings("dump"), token: CANARY }, { token: CANARY }, ada);
    expect(made).toMatchObject({ secrets: { token: CANARY } });
    expect(JSON.stringify(await prisma.storedSource.findMany())).not.toContain("canary");
  });

  it("do not open in the row of another source", async () => {
    const one = await store.sources.create(settings("one"), { token: "first" }, ada);
    const two = await store.sources.create(settings("two"), { token: "second" }, ada);
    if (typeof one === "string" || typeof two === "string") throw new Error("both names are free");
    const sealed = (await prisma.storedSource.findUniqueOrThrow({ where: { id: one.id } })).secrets;
    await prisma.storedSource.update({ where: { id: two.id }, data: { secrets: sealed } });
    expect((await store.sources.find(two.id))?.secrets).toBe("locked");
    expect((await store.sources.find(one.id))?.secrets).toEqual({ token: "first" });
    await store.sources.remove(two.id, 1);
  });

  it("change with the source, of two savers only for the first", async () => {
    const made = await store.sources.create(settings("change"), { password: "a" }, ada);
    if (typeof made === "string") throw new Error("the name is free");
    const mark = await store.sources.mark();
    const wish = { settings: settings("change"), secrets: {} };
    expect(await store.sources.update(made.id, 1, wish, ada)).toMatchObject({ secrets: {}, version: 2 });
    expect(await store.sources.update(made.id, 1, wish, ada)).toBe("stale");
    expect(await store.sources.mark()).not.toBe(mark);
    expect(await store.sources.create(settings("change"), {}, ada)).toBe("taken");
    expect(await store.sources.remove(randomUUID(), 1)).toBe("missing");
    expect(await store.sources.remove("1' OR '1'='1", 1)).toBe("missing");
  });

  it("are all sealed anew by a rotation, which may be run again and leaves a broken value alone", async () => {
    const many = Array.from({ length: 450 }, (_, i) => `account:account·${String(i).padStart(4, "0")}`);
    const [seal, strange] = [
      createSealer(before, "stand_ins.sealed"),
      createSealer({ current: foreign, previous: [] }, "stand_ins.sealed"),
    ];
    const at = (id: string) => ({ table: "stand_ins", id, column: "sealed" });
    await prisma.standIn.createMany({
      data: many.map((name, i) => ({ name, sealed: (i === 0 ? strange : seal).seal(`account:${name}`, at(name)) })),
    });
    await lasting(before).key("pseudonym");
    const reveal = await aRevealOfOrder();

    const first = await rotation(during).rotate();
    expect(first.find((count) => count.place === "stand_ins.sealed")).toMatchObject({ moved: 449, locked: 1, busy: 0 });
    expect(first.find((count) => count.place === "sources.secrets")?.moved).toBeGreaterThan(0);
    const again = await rotation(during).rotate();
    expect(again.map(({ moved }) => moved)).toEqual(again.map(() => 0));
    expect(again.find((count) => count.place === "stand_ins.sealed")).toMatchObject({ current: 449, locked: 1 });

    // The old key may go now.
    expect(opened(after, (await store.reveals.read(reveal))?.askedKeys, reveal)).toBe("order:48192");
    const { sources } = await sourcesWith(after).list();
    expect(sources.find(({ name }) => name === "dump")?.secrets).toEqual({ token: CANARY });
    expect((await sourcesWith(before).list()).sources.find(({ name }) => name === "dump")?.secrets).toBe("locked");
    await prisma.standIn.deleteMany();
  });

  it("written by somebody else during a rotation are not overwritten", async () => {
    const made = await store.sources.create(settings("race"), { token: "old" }, ada);
    if (typeof made === "string") throw new Error("the name is free");
    const column = sealedColumns(prisma).find(({ table }) => table === "sources");
    const values = (await column?.page(undefined, 100)) ?? [];
    const read = values.find(({ id }) => id === made.id);
    await store.sources.update(made.id, 1, { settings: settings("race"), secrets: { token: "new" } }, ada);
    expect(read && (await column?.swap(read, "anything"))).toBe(false);
    expect((await store.sources.find(made.id))?.secrets).toEqual({ token: "new" });
  });

  it("are counted by key", async () => {
    const uses = await rotation(during).use();
    expect(uses.map((use) => use.place)).toEqual([
      "lasting_keys.sealed",
      "sources.secrets",
      "alert_hooks.secret",
      "alert_hooks.old_secret",
      "share_links.question",
      "reveals.asked_keys",
      "stand_ins.sealed",
    ]);
    expect(uses[1]?.values.size).toBe(2);
  });

  it("give the same key for stand-ins whatever the current key is, and another one only when asked", async () => {
    await prisma.lastingKey.deleteMany();
    const first = await lasting(before).key("pseudonym");
    expect(await lasting(during).key("pseudonym")).toEqual(first);
    await rotation(during).rotate();
    expect(await lasting(after).key("pseudonym")).toEqual(first);
    await expect(lasting({ current: foreign, previous: [] }).key("pseudonym")).rejects.toThrow("does not open");
    await lasting(after).replace("pseudonym");
    const second = await lasting(after).key("pseudonym");
    expect(second).not.toEqual(first);
    // What is on record under the old one is still found.
    expect(await lasting(after).all("pseudonym")).toEqual([second, first]);
  });

  it("give an upgraded installation with a new key the stand-ins that it had", async () => {
    await prisma.lastingKey.deleteMany();
    const first = await lasting(before).key("row-id");
    await prisma.lastingKey.deleteMany();
    expect(await lasting(during).key("row-id")).toEqual(first);
  });
});
