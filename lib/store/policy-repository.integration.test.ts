import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PolicyDocument } from "@/lib/domain/policy";
import { findRunningEmbeddedPostgres } from "./embedded-postgres";
import { openStore, type Store } from "./open-store";
import { testDatabases } from "./testing/databases";

const ADA = { userId: randomUUID(), name: "Ada" };
const aDocument = (description: string) =>
  PolicyDocument.parse({
    roles: [
      { name: "support", description, classes: { note: { own: "scrub", other: "absent" } }, rows: [], abilities: [] },
    ],
  });

describe.each(testDatabases())("published policies on the $name database", (database) => {
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

  const publish = (expected: number, name = "any", part: { restores?: number } = {}) =>
    store.policies.publish({
      document: aDocument(name),
      hash: `hash of ${name}`,
      note: name,
      by: ADA,
      expected,
      ...part,
    });

  it("are counted from 1, and come back as they were published", async () => {
    expect(await store.policies.newest()).toBe(0);
    expect(await store.policies.read(1)).toBeUndefined();
    await publish(0, "first");
    expect(await store.policies.newest()).toBe(1);
    expect(await store.policies.read(1)).toMatchObject({
      ...{ version: 1, hash: "hash of first", note: "first", by: "Ada", restores: undefined },
      document: aDocument("first"),
    });
  });

  it("let exactly one of two people publish on top of the same version", async () => {
    const expected = await store.policies.newest();
    const both = await Promise.all([publish(expected, "ada"), publish(expected, "eve")]);
    expect(both.filter((one) => one === "stale")).toHaveLength(1);
    expect(both.filter((one) => typeof one === "object")).toHaveLength(1);
    expect(await store.policies.newest()).toBe(expected + 1);
  });

  it("are not published on top of a version that does not exist", async () => {
    const newest = await store.policies.newest();
    expect(await publish(newest + 7)).toBe("stale");
    expect(await publish(newest - 1)).toBe("stale");
  });

  it("are listed with the newest first, with what they restore", async () => {
    const newest = await store.policies.newest();
    await publish(newest, "back", { restores: 1 });
    const [first, second] = await store.policies.list(2);
    expect([first?.version, first?.restores, second?.version]).toEqual([newest + 1, 1, newest]);
  });

  it("that this program cannot read have no document", async () => {
    const version = (await store.policies.newest()) + 1;
    await run(
      `INSERT INTO policy_versions (version, document, hash, note, published_by, published_by_name)
       VALUES (${String(version)}, '{"roles": "all"}', '', '', '${randomUUID()}', 'Eve')`,
    );
    const stored = await store.policies.read(version);
    expect(stored).toMatchObject({ version, by: "Eve", document: undefined });
  });

  it("cannot be changed or removed afterwards", async () => {
    const before = await store.policies.list(10);
    await expect(run("UPDATE policy_versions SET note = 'forged'")).rejects.toThrow("append-only");
    await expect(run("DELETE FROM policy_versions")).rejects.toThrow("append-only");
    expect(await store.policies.list(10)).toEqual(before);
  });

  async function run(statement: string): Promise<void> {
    const { databaseUrl, dataDir } = fresh.settings;
    const running = databaseUrl === undefined ? await findRunningEmbeddedPostgres(dataDir) : null;
    const client = new pg.Client(
      running ? { host: running.host, user: "postgres", database: "postgres" } : { connectionString: databaseUrl },
    );
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
});
