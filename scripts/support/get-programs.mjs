// Installs what the tests need beyond Node from Debian's packages, when it is missing and we may.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const PROGRAMS = [
  { path: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", package: "chromium" },
  { path: "/usr/bin/prometheus", package: "prometheus" },
  { path: "/usr/bin/prometheus-alertmanager", package: "prometheus-alertmanager" },
  { path: "/usr/bin/pdftotext", package: "poppler-utils" },
];

/** Prints one line per program it installs or cannot install. Never stops or starts a service that is there. */
export function getPrograms() {
  const missing = PROGRAMS.filter((program) => !existsSync(program.path));
  if (missing.length === 0) return;
  const names = missing.map((program) => program.package);
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) {
    console.log(`missing: ${names.join(", ")}. Install them (on Debian: apt-get install ${names.join(" ")}).`);
    return;
  }
  console.log(`installing ${names.join(", ")} from Debian's packages …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  spawnSync("apt-get", ["update"], { env, stdio: "ignore" });
  const result = spawnSync("apt-get", ["install", "-y", "--no-install-recommends", ...names], {
    env,
    encoding: "utf8",
  });
  if (result.status !== 0) console.log(`could not install ${names.join(", ")}:\n${result.stderr}`);
}
