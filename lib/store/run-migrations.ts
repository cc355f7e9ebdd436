/**
 * Applies `prisma/migrations` at start, in Prisma's own table, so that the `prisma migrate` commands agree with us.
 *
 * Why not `prisma migrate deploy`: it needs an engine binary, gives up on its lock after 10 s, and does not speak to the
 * embedded database. Each migration and its bookkeeping row share one transaction: a crash leaves neither. So
 * `CREATE INDEX CONCURRENTLY` cannot be used in a migration.
 */
import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { ClientBase } from "pg";
import { OperatorError } from "@/lib/platform/operator-error";
import { MIGRATION_LOCK } from "./advisory-locks";

const CREATE_BOOKKEEPING = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/**
 * Brings the database to the newest migration. In: a connected client that nobody else uses. Out: names applied now,
 * oldest first; empty when there was nothing to do. Waits while another process migrates. Throws `OperatorError` when an applied
 * migration was edited, failed half-way, or is unknown to this version (the database is newer than the program).
 */
export async function runMigrations(client: ClientBase, folder: string): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
  try {
    await client.query(CREATE_BOOKKEEPING);
    const { rows } = await client.query<AppliedRow>(
      `SELECT "migration_name", "checksum", "finished_at" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
    );
    const pending = pendingMigrations(migrations, rows);
    for (const migration of pending) await applyMigration(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [MIGRATION_LOCK]);
  }
}

/** Decides what is left to apply; throws rather than guess when the record and the files disagree. */
function pendingMigrations(migrations: readonly Migration[], rows: readonly AppliedRow[]): readonly Migration[] {
  const known = new Set(migrations.map((migration) => migration.name));
  const stranger = rows.find((row) => !known.has(row.migration_name));
  if (stranger) {
    throw new OperatorError(
      `The database holds migration ${stranger.migration_name}, which this version does not know`,
    );
  }
  const applied = new Map(rows.map((row) => [row.migration_name, row]));
  return migrations.filter((migration) => {
    const row = applied.get(migration.name);
    if (!row) return true;
    if (row.finished_at === null)
      throw new OperatorError(`Migration ${migration.name} failed before; resolve it by hand`);
    if (row.checksum !== migration.checksum) {
      throw new OperatorError(`Migration ${migration.name} was edited after it was applied`);
    }
    return false;
  });
}

async function applyMigration(client: ClientBase, migration: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new OperatorError(`Migration ${migration.name} could not be applied`, { cause: error });
  }
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  // The computed path would make the bundler trace the whole project; next.config.ts names the files instead.
  const entries = await readdir(/*turbopackIgnore: true*/ folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(/*turbopackIgnore: true*/ path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}
