/** `npm run backfill`: takes a source's own history of alerts over once more. */
import type { Store } from "@/lib/store/open-store";
import { type CommandArguments, required, runCommand, UsageError } from "./run-command";

const USAGE = `npm run backfill -- again --source prometheus/main

The running application reads the last 30 days of the source again within a minute. Nothing that is known changes: only
fires that nobody told of are added, and what could not be read is noted anew.`;

await runCommand({ usage: USAGE, options: { source: { type: "string" } }, actions: { again } });

async function again(store: Store, values: CommandArguments): Promise<void> {
  const source = required(values, "source");
  if (!(await store.backfills.again(source))) {
    throw new UsageError("--source: its history was not taken over yet, or it is no source of metrics");
  }
  process.stderr.write(`${source} is read again\n`);
}
