/** Sources may take seconds, in which somebody is shut out: an answer leaves only for who may still read it. */
import "server-only";
import { standingOf } from "@/lib/access/resolve-access";
import type { Access } from "@/lib/domain/access";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";

export interface Standing {
  /** What somebody may see by now. */
  readonly accessNow: (asker: Principal) => Promise<Access>;
  /** Of the access at the start. */
  readonly standing: string;
}

/** Throws `ProblemError("conflict")` when `asker`, as they are now, may see something else than at the start. */
export async function requireSameStanding({ accessNow, standing }: Standing, asker: Principal): Promise<void> {
  if (standingOf(await accessNow(asker)) === standing) return;
  throw new ProblemError("conflict", { detail: "What you may see changed while the answer was made. Ask again." });
}
