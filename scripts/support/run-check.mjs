// Runs one command of a check, captures what it prints, and says how it went in one line.
import { spawn } from "node:child_process";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/**
 * @param {{name: string, args: string[], env?: NodeJS.ProcessEnv}} check `args` are given to node
 * @returns {Promise<{name: string, ok: boolean, seconds: number, output: string}>}
 */
export function runCheck({ name, args, env = {} }) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", FORCE_COLOR: "0", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("close", (code) => {
      const seconds = (performance.now() - startedAt) / 1000;
      console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)`);
      if (code !== 0) console.log(output);
      resolve({ name, ok: code === 0, seconds, output });
    });
  });
}

/** The script that an installed package's command runs. */
export function bin(packageName, file) {
  return path.join(root, "node_modules", packageName, file);
}
