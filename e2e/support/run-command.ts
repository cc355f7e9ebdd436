/** The product's own commands, against the running demo, as its operator types them. */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { demo } from "./demo";

/** What the command prints on standard output. */
export function runCommand(command: "user" | "token", ...args: string[]): Promise<string> {
  const env = { ...process.env, DATA_DIR: demo().dataDir, DATABASE_URL: "" };
  return new Promise((resolve, reject) => {
    const argv = ["scripts/run-ts.mjs", `lib/commands/${command}.ts`, ...args];
    const child = execFile(process.execPath, argv, { env }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr, { cause: error }));
      else resolve(stdout.trim());
    });
    child.stdin?.end();
  });
}

/** Somebody new, of whom no other test knows. */
export async function aPerson(roles: string): Promise<{ email: string; password: string }> {
  const email = `${randomUUID()}@demo.example`;
  const password = await runCommand("user", "create", "--email", email, "--name", "Pat Person", "--role", roles);
  return { email, password };
}
