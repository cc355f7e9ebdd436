/**
 * The frame of the commands that work on the database: opens it (through the running application when there is one),
 * runs, closes, and turns errors into one line and exit code 1.
 */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { env } from "@/lib/platform/env";
import { OperatorError } from "@/lib/platform/operator-error";
import { ProblemError } from "@/lib/platform/problem-error";
import { openStore, type Store } from "@/lib/store/open-store";

/** What the person typed is wrong; answered with the usage. */
export class UsageError extends Error {}

export type CommandArguments = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** For actions that take a second word: the name under which it is among the values. */
  readonly operands?: Readonly<Record<string, string>>;
  /** By the first word; `""` is a command without words. */
  readonly actions: Readonly<Record<string, (store: Store, values: CommandArguments) => Promise<void>>>;
}

export async function runCommand(command: Command): Promise<void> {
  try {
    const { positionals, values } = parse(command.options);
    const [word = "", second] = positionals;
    const action = command.actions[word];
    const operand = command.operands?.[word];
    const most = operand === undefined ? 1 : 2;
    if (!action || positionals.length > most) throw new UsageError("expected one of the actions below");
    const given = operand === undefined || second === undefined ? values : { ...values, [operand]: second };
    await withStore((store) => action(store, onlyScalars(given)));
  } catch (error) {
    process.stderr.write(`${explain(error, command.usage)}\n`);
    process.exitCode = 1;
  }
}

/** The text of an option that must be there. */
export function required(values: CommandArguments, name: string): string {
  const value = values[name];
  if (typeof value !== "string" || value.trim() === "") throw new UsageError(`--${name} is missing`);
  return value.trim();
}

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = env();
  const store = await openStore({ databaseUrl, dataDir, throughRunningProcess: true });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

function parse(options: Command["options"]) {
  try {
    return parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
  } catch (error) {
    // Node's own sentence about an unknown or incomplete option.
    throw new UsageError(error instanceof Error ? error.message : "the options cannot be read");
  }
}

/** No option of ours may be given twice, so none is a list. */
function onlyScalars(values: Readonly<Record<string, unknown>>): CommandArguments {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "boolean" ? value : String(value)]),
  );
}

function explain(error: unknown, usage: string): string {
  if (error instanceof UsageError) return `${error.message}\n\n${usage}`;
  if (error instanceof OperatorError) return error.message;
  if (error instanceof ProblemError) {
    const what = error.detail ?? (error.code === "not-found" ? "There is no such thing." : error.code);
    return error.field === undefined ? what : `--${error.field}: ${what}`;
  }
  // On the operator's own terminal the whole error helps and leaks nothing.
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
