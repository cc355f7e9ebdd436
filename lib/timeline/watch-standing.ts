/**
 * A stream may stay open for an hour: whoever signs out, loses a role, a token, a grant or a reveal must not read on, and
 * nobody under a policy that is no longer in force.
 */
import "server-only";

/** With the answer of the database, an open stream ends well within the promised five seconds. */
const EVERY_MS = 2_000;

/**
 * Calls `stop` as soon as the asker's standing is another one, or nobody can tell: the reader connects again and is told.
 * Returns how to end watching.
 */
export function watchStanding(first: string, current: () => Promise<string>, stop: () => void): () => void {
  let isAsking = false;
  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    current()
      .then((standing) => {
        if (standing !== first) stop();
      }, stop)
      .finally(() => {
        isAsking = false;
      });
  }, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
