/** Times when customers were hit: recorded by people, who stand beside what they set. */
import "server-only";
import type { ImpactView, NewImpact } from "@/lib/contract/review";
import type { CustomerImpact } from "@/lib/domain/on-call";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { store } from "@/lib/store/open-store";
import { monthBounds } from "./month-bounds";
import { requireDecider, reviewReader } from "./review-reader";

/** Throws `ProblemError("forbidden")`. */
export async function listImpacts(principal: Principal, month: string): Promise<{ impacts: ImpactView[] }> {
  await reviewReader(principal);
  const { from, to } = monthBounds(month);
  const { reviews } = await store();
  return { impacts: (await reviews.impacts(from, to)).map(toView) };
}

/** Throws `ProblemError("forbidden")`. */
export async function recordImpact(principal: Principal, impact: NewImpact): Promise<ImpactView> {
  await requireDecider(principal);
  const { reviews, audit } = await store();
  const { userId, displayName: name, role } = principal;
  await audit.append({ actor: userId, role, action: "impact.record", detail: { service: impact.service } });
  const dates = {
    startedAt: new Date(impact.startedAt),
    endedAt: dateOf(impact.endedAt),
    awareAt: dateOf(impact.awareAt),
  };
  return toView(await reviews.recordImpact({ ...impact, ...dates }, { userId, name }, new Date()));
}

/** Throws `ProblemError`: `forbidden`, `not-found`. */
export async function removeImpact(principal: Principal, id: string): Promise<void> {
  await requireDecider(principal);
  const { reviews, audit } = await store();
  await audit.append({
    actor: principal.userId,
    role: principal.role,
    action: "impact.remove",
    detail: { impactId: id },
  });
  if (!(await reviews.removeImpact(id, new Date()))) throw new ProblemError("not-found");
}

function toView({ setByName: setBy, startedAt, endedAt, awareAt, setAt, ...impact }: CustomerImpact): ImpactView {
  return {
    ...impact,
    setBy,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    awareAt: awareAt?.toISOString() ?? null,
    setAt: setAt.toISOString(),
  };
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));
