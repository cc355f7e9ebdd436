/** `npm run token`: API tokens, without a browser. */
import { BUILT_IN_ROLES, Role } from "@/lib/domain/role";
import { issueToken, revokeToken } from "@/lib/identity/api-tokens";
import type { Store } from "@/lib/store/open-store";
import { type CommandArguments, required, runCommand, UsageError } from "./run-command";

const USAGE = `npm run token -- create --email ada@example.com --role engineer [--days 30] [--name "nightly report"]
npm run token -- revoke --id 0190…
npm run token -- list [--email ada@example.com]

The token is printed once, alone on standard output. It acts in one of the owner's roles and ends after 1 to 365 days.`;

const DEFAULT_DAYS = "30";

await runCommand({
  usage: USAGE,
  options: {
    email: { type: "string" },
    role: { type: "string" },
    days: { type: "string" },
    name: { type: "string" },
    id: { type: "string" },
  },
  actions: { create, revoke, list },
});

async function create(store: Store, values: CommandArguments): Promise<void> {
  const owner = await store.users.findByEmail(required(values, "email"));
  if (!owner) throw new UsageError("--email: nobody has this address");
  const role = Role.safeParse(required(values, "role"));
  if (!role.success) throw new UsageError(`--role: expected a role such as ${BUILT_IN_ROLES.join(", ")}`);
  const name = typeof values.name === "string" ? values.name : "command line";
  const days = Number(values.days ?? DEFAULT_DAYS);
  const wish = { owner, actor: "command", name, role: role.data, days };
  const { text, token } = await issueToken(wish, store, new Date());
  process.stderr.write(
    `token ${token.id} of ${owner.email} as ${token.role}, until ${token.expiresAt.toISOString()}\n`,
  );
  process.stdout.write(`${text}\n`);
}

async function revoke(store: Store, values: CommandArguments): Promise<void> {
  const tokenId = required(values, "id");
  await revokeToken({ tokenId, actor: "command", role: "none" }, store, new Date());
  process.stderr.write(`token ${tokenId} is revoked\n`);
}

async function list(store: Store, values: CommandArguments): Promise<void> {
  const people = await store.users.list();
  const emailOf = new Map(people.map((user) => [user.id, user.email]));
  const owner = typeof values.email === "string" ? await store.users.findByEmail(values.email) : undefined;
  if (owner === null) throw new UsageError("--email: nobody has this address");
  const now = new Date();
  for (const token of await store.tokens.list(owner?.id)) {
    const state = token.revokedAt ? "revoked" : token.expiresAt <= now ? "expired" : "active";
    const columns = [
      token.id,
      emailOf.get(token.userId),
      token.role,
      token.prefix,
      token.name,
      token.expiresAt.toISOString(),
      state,
    ];
    process.stdout.write(`${columns.join("\t")}\n`);
  }
}
