/** `npm run on-call`: files of an on-call tool, without a browser. */
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { onCallHooks, takeFile } from "@/lib/alerts/import-on-call";
import { ImportKind } from "@/lib/contract/on-call";
import type { Store } from "@/lib/store/open-store";
import { type CommandArguments, required, runCommand, UsageError } from "./run-command";

const USAGE = `npm run on-call -- import FILE --source NAME [--what pages|shifts|people] [--check]
npm run on-call -- import FILE --no-hook [--what …] [--check]
npm run on-call -- hooks

NAME is the on-call hook that the same tool tells through: a page that both tell is one. --no-hook is for a tool that tells
by files alone. --check writes nothing. FILE has a first line of column names, as docs/on-call-feed.md says; - is standard
input. A wrong line is left out and named: mend it and import the file again.`;

const MAX_BYTES = 5 * 1024 * 1024;

await runCommand({
  usage: USAGE,
  options: {
    source: { type: "string" },
    "no-hook": { type: "boolean" },
    what: { type: "string" },
    check: { type: "boolean" },
  },
  operands: { import: "file" },
  actions: { import: importFile, hooks },
});

async function importFile(store: Store, values: CommandArguments): Promise<void> {
  const what = ImportKind.safeParse(values.what ?? "pages");
  if (!what.success) throw new UsageError("--what: expected pages, shifts or people");
  if ((values["no-hook"] === true) === (values.source !== undefined)) {
    throw new UsageError("expected either --source or --no-hook");
  }
  const hook = values["no-hook"] === true ? undefined : required(values, "source");
  const wish = {
    what: what.data,
    hook,
    text: await textOf(required(values, "file")),
    checkOnly: values.check === true,
  };
  const result = await takeFile({ actor: "command", role: "none" }, wish, store);
  for (const { line, column, detail } of result.refusedLines) {
    process.stderr.write(`line ${String(line)}${column === "" ? "" : `, ${column}`}: ${detail}\n`);
  }
  const counts = `${String(result.new)} ${result.what} new, ${String(result.known)} already known`;
  const matched = result.matched > 0 ? `, ${String(result.matched)} pages found their alert` : "";
  const verb = result.checked ? "checked, nothing written" : "taken";
  process.stdout.write(`${verb}: ${counts}, ${String(result.refused)} lines refused${matched}\n`);
  if (result.refused > 0) process.exitCode = 1;
}

async function hooks(store: Store): Promise<void> {
  for (const name of await onCallHooks(store)) process.stdout.write(`${name}\n`);
}

async function textOf(file: string): Promise<string> {
  const bytes = await (file === "-" ? buffer(process.stdin) : readFile(file)).catch((error: unknown) => {
    throw new UsageError(`FILE: ${error instanceof Error ? error.message : "it cannot be read"}`);
  });
  if (bytes.byteLength > MAX_BYTES) throw new UsageError("FILE: expected at most 5 MB");
  return bytes.toString("utf8");
}
