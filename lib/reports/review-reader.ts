/** Who reads a review, and how much of it. */
import "server-only";
import { accessOf, mayDo, requireAbility } from "@/lib/access/resolve-access";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { readsEveryAlert, type ReportReader } from "@/lib/redact/redact-report";
import { store } from "@/lib/store/open-store";

export interface ReviewReader extends ReportReader {
  readonly mayDecide: boolean;
}

/** Throws `ProblemError("forbidden")`. */
export async function reviewReader(principal: Principal): Promise<ReviewReader> {
  await requireAbility(principal, "read-review");
  if (!readsEveryAlert(await accessOf(principal, "", new Date()))) {
    throw new ProblemError("forbidden", { detail: "The review counts alerts that your role may not know of." });
  }
  const responders = await (await store()).onCall.responders();
  const own = new Set(responders.filter(({ userId }) => userId === principal.userId).map(({ id }) => id));
  const mayDecide = await mayDo(principal, "decide-review");
  return { own, readsPeople: mayDecide, mayDecide };
}

/** Throws `ProblemError("forbidden")` for whoever only reads. */
export async function requireDecider(principal: Principal): Promise<void> {
  await requireAbility(principal, "decide-review");
  await reviewReader(principal);
}
