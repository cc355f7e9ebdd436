/** Who reads a review, how much of it, and through which eyes. */
import "server-only";
import { mayDo, requireAbility } from "@/lib/access/resolve-access";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { readsEveryAlert, type ReportReader } from "@/lib/redact/redact-report";
import type { RedactionContext } from "@/lib/redact/redaction-context";
import { store } from "@/lib/store/open-store";
import { standingContext } from "@/lib/timeline/standing-context";

export interface ReviewReader extends ReportReader {
  readonly mayDecide: boolean;
  readonly context: RedactionContext;
}

/** Throws `ProblemError("forbidden")`. */
export async function reviewReader(principal: Principal): Promise<ReviewReader> {
  await requireAbility(principal, "read-review");
  const { context } = await standingContext(principal);
  if (!readsEveryAlert(context.access)) {
    throw new ProblemError("forbidden", { detail: "The review counts alerts that your role may not know of." });
  }
  const responders = await (await store()).onCall.responders();
  const own = new Set(responders.filter(({ userId }) => userId === principal.userId).map(({ id }) => id));
  const mayDecide = await mayDo(principal, "decide-review");
  const readsPeople = mayDecide && context.base.treat("staff") === "show";
  return { own, readsPeople, mayDecide, context };
}

/** Throws `ProblemError("forbidden")` for whoever only reads. */
export async function requireDecider(principal: Principal): Promise<ReviewReader> {
  await requireAbility(principal, "decide-review");
  return reviewReader(principal);
}
