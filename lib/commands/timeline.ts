/** `npm run timeline -- order:48192`: the timeline in a terminal, through the API like every other client. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { TimelineAnswer } from "@/lib/contract/timeline-answer";
import type { ExportFormat, TimelineExport } from "@/lib/contract/timeline-export";
import { printTimeline } from "./print-timeline";

const USAGE = `npm run timeline -- order:48192 [trace:4bf9… …] [--from now-1h] [--to now]
    [--widen trace:4bf9…] [--continue TOKEN] [--json] [--format md|csv|json [--audience support]]

Asks a running Throughline. Address and token come from --url and --token, from THROUGHLINE_URL and THROUGHLINE_TOKEN,
or from DATA_DIR/command-line.json, a file with {"url", "token"}. "npm run token -- create" makes a token.
"--format" prints the export of the page, "--audience" as no more than that role may read it.
△ marks a time that was corrected for a wrong clock, ? one that could not be.`;

const Access = z.object({ url: z.url(), token: z.string().min(1) });

const FORMATS: Readonly<Record<string, ExportFormat>> = {
  md: "markdown",
  markdown: "markdown",
  csv: "csv",
  json: "json",
};

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: {
      from: { type: "string" },
      to: { type: "string" },
      widen: { type: "string", multiple: true },
      continue: { type: "string", multiple: true },
      url: { type: "string" },
      token: { type: "string" },
      json: { type: "boolean" },
      format: { type: "string" },
      audience: { type: "string" },
    },
  });
  if (positionals.length === 0) throw new Error(USAGE);
  const access = readAccess(values.url, values.token);
  if (values.format !== undefined) return exportTo(access, positionals, { ...values, format: values.format });
  const query = new URLSearchParams(positionals.map((key) => ["key", key]));
  if (values.from !== undefined) query.set("from", values.from);
  if (values.to !== undefined) query.set("to", values.to);
  for (const key of values.widen ?? []) query.append("widen", key);
  for (const token of values.continue ?? []) query.append("continue", token);
  const response = await fetch(new URL(`/api/v1/timeline?${query.toString()}`, access.url), {
    headers: { authorization: `Bearer ${access.token}` },
    signal: AbortSignal.timeout(60_000),
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(problemText(response.status, body));
  if (values.json) return void process.stdout.write(`${JSON.stringify(body)}\n`);
  process.stdout.write(printTimeline(TimelineAnswer.parse(body), process.stdout.isTTY === true));
}

async function exportTo(
  { url, token }: z.infer<typeof Access>,
  keys: readonly string[],
  wish: Omit<TimelineExport, "keys" | "format"> & { format: string },
): Promise<void> {
  const format = FORMATS[wish.format];
  if (format === undefined) throw new Error(`Expected --format md, csv or json.\n\n${USAGE}`);
  const { from, to, widen, continue: tokens, audience } = wish;
  const response = await fetch(new URL("/api/v1/timeline/export", url), {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ keys, format, from, to, widen, continue: tokens, audience }),
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(problemText(response.status, await response.json()));
  process.stdout.write(await response.text());
}

function readAccess(url: string | undefined, token: string | undefined): z.infer<typeof Access> {
  const saved = savedAccess();
  const access = Access.safeParse({
    url: url ?? process.env.THROUGHLINE_URL ?? saved?.url,
    token: token ?? process.env.THROUGHLINE_TOKEN ?? saved?.token,
  });
  if (!access.success) throw new Error(`No address or token is known.\n\n${USAGE}`);
  return access.data;
}

function savedAccess(): z.infer<typeof Access> | undefined {
  try {
    const file = path.join(process.env.DATA_DIR ?? "./.data", "command-line.json");
    return Access.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined; // Absent or unreadable: the message about the missing address says what to do.
  }
}

function problemText(status: number, body: unknown): string {
  const problem = z
    .object({ title: z.string(), field: z.string().optional(), detail: z.string().optional() })
    .safeParse(body);
  if (!problem.success) return `The server answered ${String(status)}.`;
  const { title, field, detail } = problem.data;
  return [title, field, detail].filter((part) => part !== undefined).join(": ");
}
