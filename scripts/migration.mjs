// Writes or checks SQL migrations offline: no network, no database server, no engine binary.
//   node scripts/migration.mjs NAME      writes prisma/migrations/<time>_NAME/migration.sql from the difference
//   node scripts/migration.mjs --check   exits 1 and prints the missing SQL when schema and migrations disagree
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";

const root = path.resolve(import.meta.dirname, "..");
const base = path.join(root, "prisma/migrations");
const argument = process.argv[2] ?? "--check";

const difference = await diffMigrationsWithSchema();
if (argument === "--check") {
  console.log(difference === "" ? "migrations match the schema" : `prisma/schema.prisma is ahead by:\n${difference}`);
} else if (!/^[a-z0-9_]+$/.test(argument)) {
  throw new Error("usage: node scripts/migration.mjs NAME (lower-case letters, digits, _) | --check");
} else if (difference === "") {
  console.log("nothing to do: migrations match the schema");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = path.join(base, `${stamp}_${argument}`);
  mkdirSync(folder);
  writeFileSync(path.join(folder, "migration.sql"), difference);
  console.log(`wrote ${path.relative(root, folder)}/migration.sql: read it before committing`);
}
// The engine keeps in-memory databases open, which would hold the process.
process.exit(argument === "--check" && difference !== "" ? 1 : 0);

/** The SQL that turns the migrations' result into the schema; empty when they agree. */
async function diffMigrationsWithSchema() {
  const schema = {
    path: "prisma/schema.prisma",
    content: readFileSync(path.join(root, "prisma/schema.prisma"), "utf8"),
  };
  const { SchemaEngine } = await loadSchemaEngine();
  const engine = await SchemaEngine.new(
    { datamodels: [[schema.path, schema.content]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(createShadowFactory()),
  );
  const result = await engine.diff({
    from: { tag: "migrations", ...readMigrations() },
    to: { tag: "schemaDatamodel", files: [schema] },
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return result.exitCode === 0 ? "" : result.stdout;
}

/** Prisma ships the schema engine as WebAssembly too; this does by hand what its bundler build would do. */
async function loadSchemaEngine() {
  const folder = path.join(root, "node_modules/@prisma/schema-engine-wasm");
  const bindings = await import(path.join(folder, "schema_engine_bg.js"));
  const { instance } = await WebAssembly.instantiate(readFileSync(path.join(folder, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error("schema engine:", message) };
  return bindings;
}

function readMigrations() {
  const names = readdirSync(base, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const sqlOf = (name) => readFileSync(path.join(base, name, "migration.sql"), "utf8");
  return {
    baseDir: base,
    lockfile: { path: "migration_lock.toml", content: readFileSync(path.join(base, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: names
      .map((entry) => entry.name)
      .sort()
      .map((name) => ({
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok", value: sqlOf(name) } },
      })),
  };
}

/** Shadow databases in memory. The adapter (0.7.2) does not await `executeScript`, so it is replaced by one that does. */
function createShadowFactory() {
  const connect = async () => {
    const database = new PGlite();
    const adapter = await new PrismaPGlite(database).connect();
    adapter.executeScript = async (script) => void (await database.exec(script));
    return adapter;
  };
  return { provider: "postgres", adapterName: "pglite", connect, connectToShadowDb: connect };
}
