/** The databases that are measured: the embedded one, and the server that TEST_DATABASE_URL names. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { findRunningEmbeddedPostgres } from "@/lib/store/embedded-postgres";
import { openStore, type Store, type StoreSettings } from "@/lib/store/open-store";
import type { Result } from "./measure";

export interface BenchDatabase {
  readonly name: string;
  readonly store: Store;
  /** For planting rows and for plain SQL to compare with. */
  readonly client: pg.Client;
}

const keys = { current: Buffer.alloc(32, 1), previous: [] };

/** Each with an empty database of its own, which is gone afterwards. */
export async function onEachDatabase(bench: (database: BenchDatabase) => Promise<Result[]>): Promise<Result[]> {
  const embedded = await onEmbedded(bench);
  const server = process.env.TEST_DATABASE_URL;
  return server === undefined ? embedded : [...embedded, ...(await onServer(server, bench))];
}

async function onEmbedded(bench: (database: BenchDatabase) => Promise<Result[]>): Promise<Result[]> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-bench-"));
  try {
    return await opened("embedded", { dataDir, keys }, bench, async () => {
      const running = await findRunningEmbeddedPostgres(dataDir);
      return new pg.Client({ host: running?.host ?? "", user: "postgres", database: "postgres" });
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function onServer(url: string, bench: (database: BenchDatabase) => Promise<Result[]>): Promise<Result[]> {
  const name = `throughline_bench_${randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`CREATE DATABASE "${name}"`);
  const fresh = new URL(url);
  fresh.pathname = `/${name}`;
  const settings = { databaseUrl: fresh.href, dataDir: os.tmpdir(), keys };
  try {
    return await opened("PostgreSQL", settings, bench, () =>
      Promise.resolve(new pg.Client({ connectionString: fresh.href })),
    );
  } finally {
    await admin.query(`DROP DATABASE "${name}" WITH (FORCE)`);
    await admin.end();
  }
}

async function opened(
  name: string,
  settings: StoreSettings,
  bench: (database: BenchDatabase) => Promise<Result[]>,
  connect: () => Promise<pg.Client>,
): Promise<Result[]> {
  const store = await openStore(settings);
  const client = await connect();
  await client.connect();
  try {
    return await bench({ name, store, client });
  } finally {
    await client.end();
    await store.close();
  }
}
