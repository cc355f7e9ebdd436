/**
 * Starts the demo once for all browser tests: the same command a person types, in a folder of its own. A developer who has
 * a demo running sets THROUGHLINE_E2E_DEMO to the file with its JSON line and saves the start.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { DEMO_FILE } from "./demo";

const START_MS = 240_000;

export default async function startDemo(): Promise<() => Promise<void>> {
  if (process.env[DEMO_FILE] !== undefined) return async () => undefined;
  const folder = mkdtempSync(path.join(os.tmpdir(), "throughline-e2e-"));
  const child = spawn(process.execPath, ["scripts/run-ts.mjs", "demo/start.ts", "--json"], {
    env: { ...process.env, PORT: String(await freePort()), DATA_DIR: path.join(folder, "data") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const file = path.join(folder, "demo.json");
  writeFileSync(file, await firstLine(child));
  process.env[DEMO_FILE] = file;
  return async () => {
    await stop(child);
    rmSync(folder, { recursive: true, force: true });
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error("the demo did not start in time")), START_MS);
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf("\n");
      if (end < 0) return;
      clearTimeout(timer);
      resolve(text.slice(0, end));
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the demo ended with code ${String(code)} before it answered`));
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
