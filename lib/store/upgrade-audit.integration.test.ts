import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { expect, it } from "vitest";

const MIGRATIONS = path.resolve("prisma/migrations");
const names = readdirSync(MIGRATIONS)
  .filter((name) => /^\d/.test(name))
  .sort();
const sqlOf = (name: string) => readFileSync(path.join(MIGRATIONS, name, "migration.sql"), "utf8");

it("numbers entries from before the chain without holes, in their order, and keeps them closed to changes", async () => {
  const database = new PGlite();
  const chain = names.findIndex((name) => name.endsWith("_access"));
  for (const name of names.slice(0, chain)) await database.exec(sqlOf(name));
  for (const [id, action] of [
    [3, "first"],
    [4, "second"],
    [9, "third"],
  ] as const) {
    await database.query(`INSERT INTO audit_entries (id, actor, role, action) VALUES ($1, 'a', 'r', $2)`, [id, action]);
  }
  for (const name of names.slice(chain)) await database.exec(sqlOf(name));
  const { rows } = await database.query(`SELECT seq::int, action, hash FROM audit_entries ORDER BY seq`);
  expect(rows).toEqual([
    { seq: 1, action: "first", hash: "" },
    { seq: 2, action: "second", hash: "" },
    { seq: 3, action: "third", hash: "" },
  ]);
  await expect(database.exec(`DELETE FROM audit_entries`)).rejects.toThrow("append-only");
  await database.close();
});
