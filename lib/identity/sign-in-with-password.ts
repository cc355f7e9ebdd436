/** The credentials sign-in. Its answer is the same whether the address is unknown, locked, disabled or mistyped. */
import "server-only";
import type { Store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { isLocked, lockedUntilAfter } from "./lockout";
import { verifyPassword } from "./password";
import { giveTokenBack, tryToken } from "./rate-limit";

/** Longer ones are refused unread: hashing is the costliest thing a stranger can ask for. */
const MAX_PASSWORD_LENGTH = 1024;

const NOBODY = { id: "00000000-0000-0000-0000-000000000000", failedSignIns: 0, lockedUntil: null } as const;

export interface PasswordAttempt {
  readonly email: string;
  readonly password: string;
  /** Where it came from; its limit was taken from before. */
  readonly address: string;
}

/**
 * The person, or null. Counts the attempt before it checks the password, so that parallel guesses count too. An address
 * that nobody has takes the same steps.
 */
export async function signInWithPassword(
  attempt: PasswordAttempt,
  { users, audit }: Pick<Store, "users" | "audit">,
  now: Date,
): Promise<User | null> {
  if (attempt.password.length > MAX_PASSWORD_LENGTH) return null;
  const account = attempt.email.trim().toLowerCase();
  const isWithinLimit = await tryToken("sign-in-account", account, now);
  const known = await users.findByEmail(attempt.email);
  const admitted = known && isWithinLimit ? await admitAttempt(known, users, now) : null;
  // Who is not there costs the same steps.
  if (!admitted) await users.noteAttempt(NOBODY, null);
  const matches = await verifyPassword(attempt.password, admitted?.passwordHash ?? null);
  if (!admitted || !matches) {
    const who = known ? { actor: known.id, role: known.role } : { actor: "anonymous", role: "none" };
    await audit.append({ ...who, action: "session.refused", detail: { by: "password", counted: admitted !== null } });
    return null;
  }
  await users.clearAttempts(admitted.id);
  await giveTokenBack("sign-in-account", account);
  await giveTokenBack("sign-in-address", attempt.address);
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
