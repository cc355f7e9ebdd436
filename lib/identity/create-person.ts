/** Adds a person who signs in by password: from the command line, or through the one-time link of the first admin. */
import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "@/lib/contract/setup";
import type { Role } from "@/lib/domain/role";
import { ProblemError } from "@/lib/platform/problem-error";
import type { Store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { hashPassword } from "./password";

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  /** The first is active at first. */
  readonly roles: readonly [Role, ...Role[]];
  readonly teams: readonly string[];
  readonly password: string;
}

/**
 * Recorded before it is done, so that nobody comes to be unrecorded. `actor`: who the trail says did it. `alsoRecord`: what
 * else has to stand there first. Throws `ProblemError("bad-request")` for an address that is none or is taken, or a password too short to
 * keep.
 */
export async function createPerson(
  person: NewPerson,
  { users, audit }: Pick<Store, "users" | "audit">,
  actor: "command" | "anonymous" = "command",
  alsoRecord: (user: Pick<User, "id" | "role">) => Promise<void> = () => Promise.resolve(),
): Promise<User> {
  const { email, name, roles, teams, password } = person;
  if (!z.email().max(254).safeParse(email.trim()).success) {
    throw new ProblemError("bad-request", { field: "email", detail: "Expected an e-mail address." });
  }
  if (password.length < MIN_PASSWORD_LENGTH || password.length > MAX_PASSWORD_LENGTH) {
    throw new ProblemError("bad-request", {
      field: "password",
      detail: `Expected a password of ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`,
    });
  }
  const passwordHash = await hashPassword(password);
  const taken = { field: "email", detail: "Somebody has this address already." };
  if (await users.findByEmail(email)) throw new ProblemError("bad-request", taken);
  const [id, role] = [randomUUID(), roles[0]];
  await audit.append({ actor, role: "none", action: "user.create", detail: { userId: id, roles: [...roles] } });
  await alsoRecord({ id, role });
  const user = await users.create({ id, email, name, role, roles: [...new Set(roles)], teams, passwordHash });
  if (!user) throw new ProblemError("bad-request", taken);
  return user;
}

/** 120 random bits in characters that survive being read out. */
export function generatePassword(): string {
  return randomBytes(15).toString("base64url");
}
