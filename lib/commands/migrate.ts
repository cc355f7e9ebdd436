/** `npm run migrate`: brings the database up to date without starting the application (which does the same at start). */
import type { Store } from "@/lib/store/open-store";
import { runCommand } from "./run-command";

await runCommand({ usage: "npm run migrate", options: {}, actions: { "": report } });

async function report({ appliedMigrations, kind }: Store): Promise<void> {
  const what = appliedMigrations.length === 0 ? "nothing to do" : `applied ${appliedMigrations.join(", ")}`;
  process.stdout.write(`${kind} database: ${what}\n`);
}
