/** `npm run user`: people, without a browser. */
import { text } from "node:stream/consumers";
import { BUILT_IN_ROLES, Role } from "@/lib/domain/role";
import { createPerson, generatePassword } from "@/lib/identity/create-person";
import type { Store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { type CommandArguments, required, runCommand, UsageError } from "./run-command";

const USAGE = `npm run user -- create --email ada@example.com --name "Ada" --role engineer[,support] [--team payments[,ops]] [--password-stdin]
npm run user -- role --email ada@example.com --role manager[,support]
npm run user -- disable --email ada@example.com
npm run user -- list

Roles: ${BUILT_IN_ROLES.join(", ")}, or one of your policy. The first one is active; the person may switch to the others.
Without --password-stdin a password is made and printed once.`;

await runCommand({
  usage: USAGE,
  options: {
    email: { type: "string" },
    name: { type: "string" },
    role: { type: "string" },
    team: { type: "string" },
    "password-stdin": { type: "boolean" },
  },
  actions: { create, role: changeRoles, disable, list },
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
