/** People, as admins keep them. Nobody changes their own roles, and one who may administer always stays. */
import "server-only";
import type { Invitation, NewPersonForm, PeopleList, PersonChange, PersonView } from "@/lib/contract/person";
import type { PolicyDocument } from "@/lib/domain/policy";
import type { Principal } from "@/lib/domain/principal";
import type { Role } from "@/lib/domain/role";
import type { StoredGrant } from "@/lib/domain/stored-grant";
import { createSetupLink } from "@/lib/identity/setup-links";
import { ProblemError } from "@/lib/platform/problem-error";
import type { AuditEntry } from "@/lib/store/audit-repository";
import { store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import type { UserChange } from "@/lib/store/user-repository";
import { grantView } from "./grants";
import { policyInForce } from "./policy-in-force";
import { requireAbility } from "./resolve-access";

const MOST = 500;

/** `filter` is looked for in names, addresses, teams and roles. */
export async function listPeople(principal: Principal, filter: string, now: Date): Promise<PeopleList> {
  await requireAbility(principal, "administer");
  const { users, grants } = await store();
  const words = filter.trim().toLowerCase();
  const found = (await users.list()).filter((user) => textOf(user).includes(words));
  const granted = await grants.list();
  const { document } = await policyInForce();
  return {
    people: found.slice(0, MOST).map((user) => viewOf(user, granted, principal, now)),
    total: found.length,
    roles: document.roles.map(({ name, description }) => ({ name, description })),
  };
}

/** Adds somebody who chooses a password by a one-time link. Throws `ProblemError` naming the field. */
export async function invitePerson(principal: Principal, form: NewPersonForm, now: Date): Promise<Invitation> {
  await requireAdmin(principal);
  const { users, setupLinks } = await store();
  const roles = await knownRoles(form.roles);
  const { email, name, teams } = form;
  const user = await users.create({ email, name, role: roles[0], roles, teams: unique(teams), passwordHash: null });
  if (!user) throw new ProblemError("bad-request", { field: "email", detail: "Somebody has this address already." });
  await record(principal, "create", user.id, { roles: [...roles] });
  const { path, expiresAt } = await createSetupLink({ purpose: "invitation", userId: user.id }, { setupLinks }, now);
  return { id: user.id, path, expiresAt: expiresAt.toISOString() };
}

/** Another one-time link; the older one stops working. For people who sign in by password. */
export async function inviteAgain(principal: Principal, userId: string, now: Date): Promise<Invitation> {
  await requireAdmin(principal);
  const user = await personOf(userId);
  if (user.oidcSubject !== null) {
    throw new ProblemError("conflict", { detail: "This person signs in by the identity provider." });
  }
  if (user.disabledAt) throw new ProblemError("conflict", { detail: "This person is disabled." });
  await record(principal, "invite", userId);
  const { path, expiresAt } = await createSetupLink({ purpose: "invitation", userId }, await store(), now);
  return { id: userId, path, expiresAt: expiresAt.toISOString() };
}

/** Throws `ProblemError`: `not-found`, `bad-request` or `conflict` naming the field. */
export async function changePerson(
  principal: Principal,
  userId: string,
  change: PersonChange,
  now: Date,
): Promise<void> {
  await requireAdmin(principal);
  const user = await personOf(userId);
  const { name: _name, ...standing } = change;
  if (userId === principal.userId && Object.values(standing).some((value) => value !== undefined)) {
    throw new ProblemError("forbidden", { detail: "Another admin changes your roles, teams and standing." });
  }
  if (change.roles && user.oidcSubject !== null && !sameRoles(change.roles, user.roles)) throw fromGroups();
  await apply(principal, user, { ...plainChange(change, now), ...(await roleChange(change, user)) });
}

/** Who loses the active role acts in the first one that is left. */
async function roleChange(change: PersonChange, user: User): Promise<UserChange> {
  if (change.roles === undefined && change.role === undefined) return {};
  const roles = change.roles ? await knownRoles(change.roles, user.roles) : user.roles;
  const role = change.role ?? (roles.includes(user.role) ? user.role : roles[0]);
  if (role !== undefined && roles.includes(role)) return { roles, role };
  throw new ProblemError("bad-request", { field: "role", detail: "Expected one of the person's roles." });
}

/** Adds one role, as the answer to a request. */
export async function addRole(principal: Principal, userId: string, role: Role): Promise<void> {
  const user = await personOf(userId);
  if (user.oidcSubject !== null) throw fromGroups();
  await knownRoles([role]);
  if (!user.roles.includes(role)) await apply(principal, user, { roles: [...user.roles, role] });
}

/** Every browser of theirs, now. Tokens go on. */
export async function signOutPerson(principal: Principal, userId: string, now: Date): Promise<void> {
  await requireAdmin(principal);
  const { users, sessions } = await store();
  if (!(await users.update(userId, { endSessions: true }))) throw new ProblemError("not-found");
  const ended = await sessions.endAll(userId, now);
  await record(principal, "sign-out", userId, { ended });
}

async function apply(principal: Principal, user: User, change: UserChange): Promise<void> {
  const { users } = await store();
  const { document } = await policyInForce();
  const { roles, role: active, teams, disabledAt } = { ...user, ...change };
  const isDisabled = disabledAt !== null;
  const step = (user.disabledAt !== null) === isDisabled ? "change" : isDisabled ? "disable" : "enable";
  // Before anybody may see more. A record without its change tells of an attempt.
  await record(principal, step, user.id, { roles: [...roles], active, teams: [...teams] });
  const changed = await users.updateUnlessLast(user.id, change, administrators(document));
  if (changed === "last") {
    const detail = "Nobody else could administer: make another person an admin first.";
    throw new ProblemError("conflict", { field: change.disabledAt ? "disabled" : "roles", detail });
  }
  if (!changed) throw new ProblemError("not-found");
}

function plainChange({ name, teams, disabled }: PersonChange, now: Date): UserChange {
  return {
    ...(name !== undefined && { name }),
    ...(teams !== undefined && { teams: unique(teams) }),
    ...(disabled === true && { disabledAt: now, endSessions: true as const }),
    ...(disabled === false && { disabledAt: null }),
  };
}

async function requireAdmin(principal: Principal): Promise<void> {
  await requireAbility(principal, "administer");
  // Whoever steals a script's token must not make themselves an account with it.
  if (principal.via === "token") {
    throw new ProblemError("forbidden", { detail: "Sign in to change people; a token cannot do it." });
  }
}

async function personOf(userId: string): Promise<User> {
  const user = await (await store()).users.findById(userId);
  if (!user) throw new ProblemError("not-found");
  return user;
}

/** Unique, known to the policy in force, or had already. */
async function knownRoles(wanted: readonly Role[], held: readonly Role[] = []): Promise<readonly [Role, ...Role[]]> {
  const { document } = await policyInForce();
  const known = new Set([...document.roles.map(({ name }) => name), ...held]);
  const [first, ...others] = unique(wanted);
  if (first !== undefined && [first, ...others].every((role) => known.has(role))) return [first, ...others];
  throw new ProblemError("bad-request", { field: "roles", detail: "Expected roles of the policy in force." });
}

function administrators(document: PolicyDocument): readonly Role[] {
  return document.roles.filter(({ abilities }) => abilities.includes("administer")).map(({ name }) => name);
}

function fromGroups(): ProblemError {
  const detail = "This person's roles come from groups of the identity provider: change the groups there.";
  return new ProblemError("conflict", { field: "roles", detail });
}

function sameRoles(one: readonly Role[], other: readonly Role[]): boolean {
  return new Set([...one, ...other]).size === other.length && new Set(one).size === other.length;
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}

async function record(
  { userId: actor, role }: Principal,
  step: "create" | "invite" | "change" | "disable" | "enable" | "sign-out",
  userId: string,
  more: NonNullable<AuditEntry["detail"]> = {},
): Promise<void> {
  await (await store()).audit.append({ actor, role, action: `user.${step}`, detail: { userId, ...more } });
}

function textOf({ name, email, teams, roles }: User): string {
  return [name, email, ...teams, ...roles].join("\n").toLowerCase();
}

function viewOf(user: User, grants: readonly StoredGrant[], { userId }: Principal, now: Date): PersonView {
  const { id, email, name, role, roles, teams } = user;
  return {
    ...{ id, email, name, role, roles: [...roles], teams: [...teams], self: id === userId },
    fromGroups: user.oidcSubject !== null,
    disabledAt: user.disabledAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
    grants: grants.filter((grant) => grant.userId === id).map((grant) => grantView(grant, now)),
  };
}
