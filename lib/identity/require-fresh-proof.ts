/** Step-up: what is worth a second look at who asks needs a recent sign-in, not only a living session. Pure. */
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";

const FRESH_MS = 10 * 60_000;

/**
 * Returns when the person proved who they are within the last ten minutes. Throws `ProblemError`: `step-up-required` tells
 * a page to send the person to the sign-in page with `fresh=1`; `forbidden` for a token, which can prove nothing.
 */
export function requireFreshProof(principal: Principal, now: Date): void {
  if (principal.via === "token" || principal.provenAt === undefined) {
    throw new ProblemError("forbidden", {
      detail: "This needs a person who signed in just now; a token cannot do it.",
    });
  }
  if (now.getTime() - principal.provenAt.getTime() >= FRESH_MS) {
    throw new ProblemError("step-up-required", {
      detail: "Sign in again: this needs a sign-in of the last ten minutes.",
    });
  }
}
