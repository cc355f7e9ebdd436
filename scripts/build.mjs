// Builds the production server into .next/standalone, unless the one that is there was made from the same inputs.
// Quiet unless it fails: one line on stderr, because a reader of `npm run demo -- --json` owns stdout.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const root = path.resolve(import.meta.dirname, "..");
export const standalone = path.join(root, ".next/standalone");
const stamp = path.join(standalone, "build-inputs.sha256");
const lock = path.join(root, "node_modules/.cache/throughline/build.lock");

// tsconfig.json is left out: `next build` rewrites it.
const FOLDERS = ["app", "components", "lib", "prisma", "public"];
const FILES = [
  "instrumentation-client.ts",
  "instrumentation-node.ts",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
];
const NOT_BUILT = /[.]test[.]tsx?$|[/](fixtures|testing)[/]|^prisma[/]generated[/]|^lib[/]commands[/]/;

/** Resolves once .next/standalone matches the sources; throws with the builder's output when it cannot be built. */
export async function ensureBuilt() {
  if (isFresh()) return;
  await takeLock();
  try {
    // Another process may have built while this one waited.
    if (!isFresh()) build(hashInputs());
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function build(inputs) {
  process.stderr.write("Building the app; this takes about a minute …\n");
  run("node_modules/prisma/build/index.js", ["generate"]);
  run("node_modules/next/dist/bin/next", ["build"]);
  // Next leaves these two out of the standalone folder on purpose: it expects a CDN.
  cpSync(path.join(root, ".next/static"), path.join(standalone, ".next/static"), { recursive: true });
  if (existsSync(path.join(root, "public"))) {
    cpSync(path.join(root, "public"), path.join(standalone, "public"), { recursive: true });
  }
  writeFileSync(stamp, inputs);
}

function run(script, args) {
  const result = spawnSync(process.execPath, [path.join(root, script), ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (result.status === 0) return;
  const name = `${path.basename(script, ".js")} ${args.join(" ")}`;
  throw new Error(`${name} failed\n${result.stdout ?? ""}${result.stderr ?? ""}`, { cause: result.error });
}

function isFresh() {
  return (
    existsSync(path.join(standalone, "server.js")) && existsSync(stamp) && readFileSync(stamp, "utf8") === hashInputs()
  );
}

function hashInputs() {
  const hash = createHash("sha256").update(process.version);
  for (const file of [...FOLDERS.flatMap(filesUnder), ...FILES].sort()) {
    if (NOT_BUILT.test(file) || !existsSync(path.join(root, file))) continue;
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest("hex");
}

function filesUnder(folder) {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
}

/** One build at a time in this checkout. A lock whose owner is gone is taken over. */
async function takeLock() {
  mkdirSync(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(path.join(lock, "pid"), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    await sleep(500);
    if (!ownerLives()) rmSync(lock, { recursive: true, force: true });
  }
}

function ownerLives() {
  try {
    process.kill(Number(readFileSync(path.join(lock, "pid"), "utf8")), 0);
    return true;
  } catch (error) {
    // EPERM: alive, but somebody else's.
    return error.code === "EPERM";
  }
}

if (import.meta.filename === path.resolve(process.argv[1] ?? "")) {
  try {
    await ensureBuilt();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
