/** The databases that store tests run on: always the embedded one, and a real server when TEST_DATABASE_URL names it. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import type { StoreSettings } from "../open-store";

export interface TestDatabase {
  readonly name: string;
  /** An empty database of its own. */
  create(): Promise<{ readonly settings: StoreSettings; remove(): Promise<void> }>;
}

// eslint-disable-next-line no-restricted-properties -- a variable of the tests, not a setting of the product
const server = process.env.TEST_DATABASE_URL;

// eslint-disable-next-line no-restricted-properties -- as above
if (server === undefined && process.env.REQUIRE_POSTGRES === "1") {
  throw new Error("REQUIRE_POSTGRES is set, but TEST_DATABASE_URL names no server to test on");
}
if (server === undefined) {
  process.stderr.write("TEST_DATABASE_URL is not set: tested on the embedded database only, not on a real server\n");
}

const keys = { current: Buffer.alloc(32, 1), previous: [] };

/** Every database that can be tested here. */
export function testDatabases(): readonly TestDatabase[] {
  return server === undefined ? [embedded] : [embedded, realServer(server)];
}

const embedded: TestDatabase = {
  name: "embedded",
  async create() {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-test-"));
    return { settings: { dataDir, keys }, remove: async () => rmSync(dataDir, { recursive: true, force: true }) };
  },
};

function realServer(url: string): TestDatabase {
  return {
    name: "PostgreSQL server",
    async create() {
      const name = `throughline_test_${randomUUID().replaceAll("-", "")}`;
      await run(url, `CREATE DATABASE "${name}"`);
      const fresh = new URL(url);
      fresh.pathname = `/${name}`;
      return {
        settings: { databaseUrl: fresh.href, dataDir: os.tmpdir(), keys },
        remove: () => run(url, `DROP DATABASE "${name}" WITH (FORCE)`),
      };
    },
  };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
