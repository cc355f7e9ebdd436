/** `npm run user`: people, without a browser. */
import { text } from "node:stream/consumers";
import { BUILT_IN_ROLES, Role } from "@/lib/domain/role";
import { giveGrant } from "@/lib/access/grants";
import { configuration } from "@/lib/config/load-configuration";
import { createPerson, generatePassword } from "@/lib/identity/create-person";
import type { Store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { incidentOnCommand } from "@/lib/timeline/incident-of";
import { createTimelineDeps } from "@/lib/timeline/timeline-deps";
import { type CommandArguments, required, runCommand, UsageError } from "./run-command";

const USAGE = `npm run user -- create --email ada@example.com --name "Ada" --role engineer[,support] [--team payments[,ops]] [--password-stdin]
npm run user -- role --email ada@example.com --role manager[,support]
npm run user -- disable --email ada@example.com
npm run user -- grant --email vic@example.com --services payment-gateway[,mail] [--incident order:48192] [--days 30] [--reason "Contract 7"]
npm run user -- list

Roles: ${BUILT_IN_ROLES.join(", ")}, or one of your policy. The first one is active; the person may switch to the others.
Without --password-stdin a password is made and printed once.`;

const DEFAULT_GRANT_DAYS = "30";
const DAY_MS = 24 * 3_600_000;

await runCommand({
  usage: USAGE,
  options: {
    email: { type: "string" },
    name: { type: "string" },
    role: { type: "string" },
    team: { type: "string" },
    "password-stdin": { type: "boolean" },
    services: { type: "string" },
    incident: { type: "string" },
    days: { type: "string" },
    reason: { type: "string" },
  },
  actions: { create, role: changeRoles, disable, grant, list },
});

async function create(store: Store, values: CommandArguments): Promise<void> {
  const given = values["password-stdin"] === true;
  const password = given ? (await text(process.stdin)).replace(/\r?\n$/, "") : generatePassword();
  const user = await createPerson(
    {
      email: required(values, "email"),
      name: required(values, "name"),
      roles: rolesOf(required(values, "role")),
      teams: typeof values.team === "string" ? names(values.team) : [],
      password,
    },
    store,
  );
  process.stderr.write(`created ${user.email} as ${user.roles.join(", ")}\n`);
  // Alone on standard output, so that a script can take it.
  if (!given) process.stdout.write(`${password}\n`);
}

async function changeRoles(store: Store, values: CommandArguments): Promise<void> {
  const user = await personOf(store, values);
  const roles = rolesOf(required(values, "role"));
  await store.users.update(user.id, { role: roles[0], roles });
  await note(store, "user.roles", { userId: user.id, roles: [...roles] });
  process.stderr.write(`${user.email} is now ${roles.join(", ")}\n`);
}

async function disable(store: Store, values: CommandArguments): Promise<void> {
  const user = await personOf(store, values);
  await store.users.update(user.id, { disabledAt: new Date(), endSessions: true });
  await note(store, "user.disable", { userId: user.id });
  process.stderr.write(`${user.email} is disabled; sessions and tokens stop working now\n`);
}

/** For people whose role sees only its own part. Ids and services are read by the rules of the provisioning file. */
async function grant(store: Store, values: CommandArguments): Promise<void> {
  const user = await personOf(store, values);
  const keys = { pseudonymKey: await store.lastingKeys.key("pseudonym"), idKey: await store.lastingKeys.key("row-id") };
  const deps = createTimelineDeps(configuration(), keys);
  const services = typeof values.services === "string" ? names(values.services).map(deps.canonicalName) : [];
  const incident =
    typeof values.incident === "string" ? await incidentOnCommand(names(values.incident), deps) : undefined;
  const now = new Date();
  const expiresAt = new Date(now.getTime() + Number(values.days ?? DEFAULT_GRANT_DAYS) * DAY_MS);
  if (Number.isNaN(expiresAt.getTime())) throw new UsageError("--days: expected a number");
  const reason = typeof values.reason === "string" ? values.reason : "granted on the command line";
  const wish = { services: [...new Set(services)].sort(), incident, reason, expiresAt };
  await giveGrant({ userId: user.id, wish, actor: "command", role: "none", now }, store);
  process.stderr.write(`${user.email} may see its part until ${expiresAt.toISOString()}\n`);
}

async function list(store: Store): Promise<void> {
  for (const user of await store.users.list()) {
    const state = user.disabledAt ? `disabled ${user.disabledAt.toISOString()}` : "active";
    process.stdout.write(`${[user.email, user.name, user.roles.join(","), user.teams.join(","), state].join("\t")}\n`);
  }
}

async function personOf(store: Store, values: CommandArguments): Promise<User> {
  const user = await store.users.findByEmail(required(values, "email"));
  if (!user) throw new UsageError("--email: nobody has this address");
  return user;
}

function rolesOf(list: string): [Role, ...Role[]] {
  const [first, ...others] = names(list).map((name) => {
    const role = Role.safeParse(name);
    if (!role.success) throw new UsageError(`--role: expected a role such as ${BUILT_IN_ROLES.join(", ")}`);
    return role.data;
  });
  if (first === undefined) throw new UsageError("--role is missing");
  return [first, ...others];
}

function names(list: string): readonly string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function note(store: Store, action: string, detail: Record<string, string | string[]>): Promise<void> {
  return store.audit.append({ actor: "command", role: "none", action, detail });
}
