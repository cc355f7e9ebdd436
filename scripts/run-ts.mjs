// Bundles one TypeScript entry (our files only, packages stay imports) and runs it: node scripts/run-ts.mjs ENTRY ARGS…
import { existsSync, rmSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { rolldown } from "rolldown";

const [entry, ...args] = process.argv.slice(2);
if (!entry) throw new Error("usage: node scripts/run-ts.mjs ENTRY ARGS…");
const root = path.resolve(import.meta.dirname, "..");

if (!existsSync(path.join(root, "prisma/generated")) && existsSync(path.join(root, "prisma/schema.prisma"))) {
  spawnSync("npx", ["prisma", "generate"], { cwd: root, stdio: "ignore" });
}

const bundle = await rolldown({
  input: path.join(root, entry),
  cwd: root,
  platform: "node",
  logLevel: "warn",
  external: (id) => !id.startsWith(".") && !id.startsWith("@/") && !path.isAbsolute(id) && id !== "server-only",
  resolve: { alias: { "@": root, "server-only": path.join(root, "scripts/support/empty-module.mjs") } },
});
// Inside node_modules so that bare imports resolve; named by process so that two runs never share a half-written file.
const name = `${entry.replaceAll("/", "-").replace(/\.ts$/, "")}-${process.pid}.mjs`;
const out = path.join(root, "node_modules/.cache/throughline", name);
await bundle.write({ file: out, format: "esm", sourcemap: true, codeSplitting: false });
await bundle.close();

const child = spawn(process.execPath, ["--enable-source-maps", out, ...args], { stdio: "inherit", cwd: root });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => {
  for (const file of [out, `${out}.map`]) rmSync(file, { force: true });
  process.exit(code ?? (signal ? 1 : 0));
});
