/** When guessing passwords stops being possible for a while. Pure. */

/** Failures in a row before the first pause. */
const FREE_FAILURES = 5;
const FIRST_PAUSE_MS = 15 * 60_000;
const LONGEST_PAUSE_MS = 24 * 60 * 60_000;

/** Until when the account refuses sign-ins after `failures` in a row: 15 minutes at the fifth, doubling, at most a day. */
export function lockedUntilAfter(failures: number, now: Date): Date | null {
  if (failures < FREE_FAILURES) return null;
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (failures - FREE_FAILURES), LONGEST_PAUSE_MS);
  return new Date(now.getTime() + pauseMs);
}

export function isLocked(user: { readonly lockedUntil: Date | null }, now: Date): boolean {
  return user.lockedUntil !== null && user.lockedUntil > now;
}
