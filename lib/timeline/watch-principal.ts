/** A stream may stay open for an hour: whoever signs out, loses a role or a token must not read on. */
import "server-only";
import type { Principal } from "@/lib/domain/principal";

const EVERY_MS = 30_000;

/** Calls `stop` as soon as the asker is no longer the same principal in the same role. Returns how to end watching. */
export function watchPrincipal(principal: Principal, current: () => Promise<Principal>, stop: () => void): () => void {
  const timer = setInterval(() => {
    current().then(
      ({ userId, role }) => {
        if (userId !== principal.userId || role !== principal.role) stop();
      },
      // Not signed in any more, or nobody can tell: the reader connects again and is told.
      stop,
    );
  }, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
