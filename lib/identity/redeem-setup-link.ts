/** Uses a one-time link: makes the first admin, or sets the password of somebody invited. */
import "server-only";
import type { z } from "zod";
import type { SetupDone, SetupForm } from "@/lib/contract/setup";
import { ProblemError } from "@/lib/platform/problem-error";
import { store, type Store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { createPerson } from "./create-person";
import { hashPassword } from "./password";
import { findSetupLink, type OpenSetupLink } from "./setup-links";

/** The first admin also gets to see what they connect. Roles never add up: admin is the active one at first. */
const FIRST_ROLES = ["admin", "engineer"] as const;

/** What the page behind the link shows; null when the link opens nothing. */
export async function readSetupLink(
  text: string,
): Promise<{ readonly purpose: OpenSetupLink["purpose"]; readonly name?: string; readonly email?: string } | null> {
  const link = await findSetupLink(text, await store(), new Date());
  if (!link) return null;
  const { purpose, user } = link;
  return user ? { purpose, name: user.name, email: user.email } : { purpose };
}

/** The use case behind the form of that page. */
export async function setUp(text: string, form: SetupForm): Promise<z.infer<typeof SetupDone>> {
  const { email } = await redeemSetupLink(text, form, await store(), new Date());
  return { email };
}

/**
 * The person who may now sign in. Throws `ProblemError`: `not-found` for a link that opens nothing, whatever the reason;
 * `bad-request` for a form that is not complete, which leaves the link as it was.
 */
export async function redeemSetupLink(text: string, form: SetupForm, opened: Store, now: Date): Promise<User> {
  const link = await findSetupLink(text, opened, now);
  if (!link || !(await opened.setupLinks.claim(link.id, now))) throw new ProblemError("not-found");
  try {
    return link.user ? await setPassword(link.user, form, opened) : await createAdmin(form, opened);
  } catch (error) {
    await opened.setupLinks.release(link.id);
    throw error;
  }
}

async function createAdmin({ name, email, password }: SetupForm, opened: Store): Promise<User> {
  if (name === undefined) throw new ProblemError("bad-request", { field: "name", detail: "Expected a name." });
  if (email === undefined) {
    throw new ProblemError("bad-request", { field: "email", detail: "Expected an e-mail address." });
  }
  const person = { name, email, password, roles: [...FIRST_ROLES], teams: [] } as const;
  return createPerson(person, opened, "anonymous", (user) => recordSetup("first-admin", user, opened));
}

/** Whoever knew an earlier password is signed out. */
async function setPassword(user: User, { password }: SetupForm, opened: Store): Promise<User> {
  const { users } = opened;
  const passwordHash = await hashPassword(password);
  await recordSetup("invitation", user, opened);
  const changed = await users.update(user.id, { passwordHash, endSessions: true });
  if (!changed) throw new ProblemError("not-found");
  await users.clearAttempts(user.id);
  return changed;
}

/** Before anything changes: what cannot be recorded does not happen, and the link stays as it was. */
async function recordSetup(
  purpose: OpenSetupLink["purpose"],
  { id, role }: Pick<User, "id" | "role">,
  { audit }: Store,
): Promise<void> {
  await audit.append({ actor: id, role, action: "session.setup", detail: { purpose, userId: id } });
}
