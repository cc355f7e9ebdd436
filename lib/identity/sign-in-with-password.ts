/** The credentials sign-in. Its answer is the same whether the address is unknown, locked, disabled or mistyped. */
import "server-only";
import type { Store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { isLocked, lockedUntilAfter } from "./lockout";
import { verifyPassword } from "./password";

/** Longer ones are refused unread: hashing is the costliest thing a stranger can ask for. */
const MAX_PASSWORD_LENGTH = 1024;

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** The person, or null. Counts the attempt before it checks the password, so that parallel guesses count too. */
export async function signInWithPassword(
  credentials: Credentials,
  { users, audit }: Pick<Store, "users" | "audit">,
  now: Date,
): Promise<User | null> {
  if (credentials.password.length > MAX_PASSWORD_LENGTH) return null;
  const known = await users.findByEmail(credentials.email);
  const admitted = known && (await admitAttempt(known, users, now));
  const matches = await verifyPassword(credentials.password, admitted?.passwordHash ?? null);
  if (!known) return null;
  const who = { actor: known.id, role: known.role };
  if (!admitted || !matches) {
    await audit.append({ ...who, action: "session.refused", detail: { counted: admitted !== null } });
    return null;
  }
  await users.clearAttempts(admitted.id);
  await audit.append({ ...who, action: "session.sign-in", detail: { by: "password" } });
  return admitted;
}

/** The user with this attempt counted; null when the account takes no attempts now. */
async function admitAttempt(known: User, users: Store["users"], now: Date): Promise<User | null> {
  let user: User | null = known;
  while (user) {
    if (user.disabledAt !== null || user.passwordHash === null || isLocked(user, now)) return null;
    if (await users.noteAttempt(user, lockedUntilAfter(user.failedSignIns + 1, now))) return user;
    // Another attempt came between; each round another one was counted, so the lock ends this loop.
    user = await users.findById(known.id);
  }
  return null;
}
