/** An answer may take a while and a stream an hour: whoever signs out, loses a role or a token must not read on. */
import "server-only";
import type { Principal } from "@/lib/domain/principal";

const EVERY_MS = 2_000;
/** Together with the above below the five seconds that are promised, also while the database is slow. */
const PATIENCE_MS = 2_900;

export interface Watched {
  /**
   * What `standing` told when the access of the answer was made. Not looked up here: what changed between the two looks
   * would be taken for the beginning, and the answer would go on under an access that is over.
   */
  readonly atStart: string;
  /** The same asker now. Rejects when they may not ask any more. */
  readonly current: () => Promise<Principal>;
  /** All that decides what the asker may see. When it changes the answer is no longer theirs. */
  readonly standing?: (principal: Principal) => string | Promise<string>;
}

/**
 * Calls `stop` within five seconds after the asker's standing changed, or when nobody can tell it: the reader asks again
 * and is told. Returns how to end watching.
 */
export function watchPrincipal({ atStart, current, standing = standingOf }: Watched, stop: () => void): () => void {
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    const now = await inTime(current().then(standing));
    isLooking = false;
    if (now !== atStart) stop();
  };
  const timer = setInterval(() => void look().catch(stop), EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

/** Who asks, by what, in which role and teams. */
export function standingOf({ userId, via, sessionId, tokenId, role, teams }: Principal): string {
  return JSON.stringify([userId, via, sessionId ?? tokenId, role, [...teams].sort()]);
}

async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    // After what is in the pipe already: a process that was busy itself must not blame the database.
    timer = setTimeout(() => setImmediate(reject, new Error("nobody can tell in time")), PATIENCE_MS);
    timer.unref();
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
