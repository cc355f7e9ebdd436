import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Store, type StoreSettings } from "./open-store";
import { runMigrations } from "./run-migrations";
import { testDatabases } from "./testing/databases";

const MIGRATIONS = path.resolve("prisma/migrations");

describe.each(testDatabases())("a store on the $name database", (database) => {
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

  it("is migrated when it opens, and answers", async () => {
    expect(store.appliedMigrations.length).toBeGreaterThan(0);
    await store.ping();
  });

  it("finds a person whatever the case of the address", async () => {
    const created = await store.users.create({ ...ADA, email: " Ada@Example.Test " });
    expect(created).toMatchObject({ email: "ada@example.test", roles: ["engineer", "support"], sessionVersion: 1 });
    expect(await store.users.findByEmail("ADA@example.test")).toEqual(created);
  });

  it("creates nobody twice under one address", async () => {
    await store.users.create({ ...ADA, email: "twice@example.test" });
    expect(await store.users.create({ ...ADA, email: "TWICE@example.test" })).toBeNull();
  });

  it("answers nobody for an id that is not an id", async () => {
    expect(await store.users.findById("'; DROP TABLE users; --")).toBeNull();
  });

  it("refuses an active role that the person does not hold", async () => {
    await expect(store.users.create({ ...ADA, email: "odd@example.test", role: "admin" })).rejects.toThrow();
  });

  it("keeps the audit log as it was written", async () => {
    await store.audit.append({
      actor: "command",
      role: "none",
      action: "test.entry",
      detail: { ids: ["a", "b"], n: 2 },
    });
    const [entry] = await store.audit.latest(1);
    expect(entry).toMatchObject({ action: "test.entry", detail: { ids: ["a", "b"], n: 2 } });
    const client = await connectLike(fresh.settings);
    await expect(client.query(`UPDATE audit_entries SET actor = 'somebody'`)).rejects.toThrow("append-only");
    await expect(client.query(`DELETE FROM audit_entries`)).rejects.toThrow("append-only");
    await client.end();
  });

  it("applies nothing when it is opened again over the same data", async () => {
    const client = await connectLike(fresh.settings);
    expect(await runMigrations(client, MIGRATIONS)).toEqual([]);
    await client.end();
  });

  it("refuses data written by a newer version", async () => {
    const client = await connectLike(fresh.settings);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101_later', now())`,
    );
    await expect(runMigrations(client, MIGRATIONS)).rejects.toThrow("29990101_later");
    await client.query(`DELETE FROM _prisma_migrations WHERE id = 'x'`);
    await client.end();
  });

  it("refuses a migration that was edited after it was applied", async () => {
    const client = await connectLike(fresh.settings);
    await client.query(`UPDATE _prisma_migrations SET checksum = reverse(checksum)`);
    await expect(runMigrations(client, MIGRATIONS)).rejects.toThrow("edited after it was applied");
    await client.query(`UPDATE _prisma_migrations SET checksum = reverse(checksum)`);
    await client.end();
  });

  async function connectLike(settings: StoreSettings): Promise<pg.Client> {
    const client = new pg.Client(
      settings.databaseUrl === undefined
        ? { host: await embeddedHost(settings.dataDir), user: "postgres", database: "postgres" }
        : { connectionString: settings.databaseUrl },
    );
    await client.connect();
    return client;
  }
});

describe.each(testDatabases().filter(({ name }) => name !== "embedded"))(
  "five processes starting at once on a $name",
  (database) => {
    it("migrate once", async () => {
      const fresh = await database.create();
      const stores = await Promise.all(Array.from({ length: 5 }, () => openStore(fresh.settings)));
      const applied = stores.map((store) => store.appliedMigrations.length).filter((count) => count > 0);
      expect(applied).toHaveLength(1);
      await Promise.all(stores.map((store) => store.close()));
      await fresh.remove();
    });
  },
);

describe("the folder of the embedded database", () => {
  const [database] = testDatabases();
  let fresh: Awaited<ReturnType<NonNullable<typeof database>["create"]>>;
  let store: Store;

  beforeAll(async () => {
    fresh = await database!.create();
    store = await openStore(fresh.settings);
  });
  afterAll(async () => {
    await store?.close();
    await fresh?.remove();
  });

  it("is refused to a second process, which is told what to do", async () => {
    await expect(openStore(fresh.settings)).rejects.toThrow(/DATA_DIR .* is in use by another Throughline process/);
  });

  it("is shared with a command through the running process", async () => {
    await store.users.create({ ...ADA, email: "seen@example.test" });
    const command = await openStore({ ...fresh.settings, throughRunningProcess: true });
    expect(await command.users.findByEmail("seen@example.test")).not.toBeNull();
    await command.close();
    await store.ping();
  });

  it("is closed to other users of the machine, and so is the note of its socket", () => {
    const modeOf = (name: string) => statSync(path.join(fresh.settings.dataDir, name)).mode & 0o777;
    expect(modeOf("postgres")).toBe(0o700);
    expect(modeOf("postgres-socket.json")).toBe(0o600);
  });

  it("can be opened again once it was closed, with everything in it", async () => {
    const other = await database!.create();
    const first = await openStore(other.settings);
    await first.users.create({ ...ADA, email: "kept@example.test" });
    await first.close();
    expect(existsSync(path.join(other.settings.dataDir, "postgres-socket.json"))).toBe(false);
    const second = await openStore(other.settings);
    expect(second.appliedMigrations).toEqual([]);
    expect(await second.users.findByEmail("kept@example.test")).not.toBeNull();
    await second.close();
    await other.remove();
  });
});

describe("schema and migrations", () => {
  it("agree", () => {
    const answer = execFileSync("node", ["scripts/migration.mjs", "--check"], { encoding: "utf8" });
    expect(answer).toContain("migrations match the schema");
  });
});

describe("next build", () => {
  it("cannot open the database", async () => {
    process.env.NEXT_PHASE = "phase-production-build";
    try {
      await expect(openStore({ dataDir: "/nowhere" })).rejects.toThrow("during next build");
    } finally {
      delete process.env.NEXT_PHASE;
    }
  });
});

const ADA = {
  name: "Ada",
  email: "ada@example.test",
  role: "engineer",
  roles: ["engineer", "support"],
  passwordHash: null,
} as const;

async function embeddedHost(dataDir: string): Promise<string> {
  const { findRunningEmbeddedPostgres } = await import("./embedded-postgres");
  const address = await findRunningEmbeddedPostgres(dataDir);
  if (!address) throw new Error("the test's database does not run");
  return address.host;
}
