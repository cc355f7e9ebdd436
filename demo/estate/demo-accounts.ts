/**
 * The demo's people and their API tokens, made by the product's own commands. They are remembered beside the database,
 * so that a second start with the same DATA_DIR keeps its accounts.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { BUILT_IN_ROLES, type BuiltInRole } from "@/lib/domain/role";
import { runNode, type NodeProgram } from "./run-node";

/** Shown on the screen, so worth nothing as a secret: the demo listens on the loopback address only. */
const DEMO_PASSWORD = "one-incident-one-timeline";
const TOKEN_DAYS = 30;
const RENEW_BEFORE_MS = 7 * 24 * 3_600_000;

const NAMES: Readonly<Record<BuiltInRole, string>> = {
  support: "Sam Support",
  engineer: "Erin Engineer",
  manager: "Max Manager",
  admin: "Ada Admin",
  vendor: "Vic Vendor",
};

/** Owners of rules sign the review beside whoever decides. */
const TEAMS: Readonly<Partial<Record<BuiltInRole, string>>> = { engineer: "Storefront team" };

const DemoAccount = z.object({ role: z.enum(BUILT_IN_ROLES), email: z.string(), password: z.string() });
export type DemoAccount = z.infer<typeof DemoAccount>;

const DemoAccounts = z.object({
  accounts: z.array(DemoAccount),
  tokens: z.record(z.enum(BUILT_IN_ROLES), z.string()),
  tokensExpireAtMs: z.number(),
});
export type DemoAccounts = z.infer<typeof DemoAccounts>;

type CommandContext = Pick<NodeProgram, "env" | "cwd" | "signal">;

/** Everyone who can sign in. The app must be running: the commands reach its database through it, side by side. */
export async function demoAccounts(dataDir: string, context: CommandContext, nowMs: number): Promise<DemoAccounts> {
  const file = path.join(dataDir, "demo-accounts.json");
  const known = readAccounts(file);
  if (known && known.tokensExpireAtMs - nowMs > RENEW_BEFORE_MS) return known;
  const accounts = known?.accounts ?? (await Promise.all(BUILT_IN_ROLES.map((role) => createUser(role, context))));
  const tokens = await Promise.all(
    accounts.map(async ({ role, email }) => [role, await createToken(role, email, context)] as const),
  );
  await grantVendor(context);
  const made = DemoAccounts.parse({
    accounts,
    tokens: Object.fromEntries(tokens),
    tokensExpireAtMs: nowMs + TOKEN_DAYS * 24 * 3_600_000,
  });
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

async function createUser(role: BuiltInRole, context: CommandContext): Promise<DemoAccount> {
  const email = `${role}@demo.example`;
  const options = ["--email", email, "--name", NAMES[role], "--role", role, "--password-stdin"];
  const team = TEAMS[role];
  if (team !== undefined) options.push("--team", team);
  await runNode({
    ...context,
    args: ["scripts/run-ts.mjs", "lib/commands/user.ts", "create", ...options],
    input: `${DEMO_PASSWORD}\n`,
  });
  return { role, email, password: DEMO_PASSWORD };
}

/** A vendor sees what it was granted and nothing else. Made anew with the tokens, so that it does not end before them. */
async function grantVendor(context: CommandContext): Promise<void> {
  const scope = ["--services", "payment-gateway", "--days", String(TOKEN_DAYS), "--reason", "Runs the payment gateway"];
  await runNode({
    ...context,
    args: ["scripts/run-ts.mjs", "lib/commands/user.ts", "grant", "--email", "vendor@demo.example", ...scope],
  });
}

async function createToken(role: BuiltInRole, email: string, context: CommandContext): Promise<string> {
  const options = ["--email", email, "--role", role, "--days", String(TOKEN_DAYS)];
  const printed = await runNode({
    ...context,
    args: ["scripts/run-ts.mjs", "lib/commands/token.ts", "create", ...options],
  });
  const token = printed.trim().split(/\s+/).at(-1);
  if (!token) throw new Error("lib/commands/token.ts create printed no token");
  return token;
}

function readAccounts(file: string): DemoAccounts | undefined {
  try {
    return DemoAccounts.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Absent at the first start; unreadable means it is made again.
    return undefined;
  }
}
