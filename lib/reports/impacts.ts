/** Times when customers were hit: recorded by people, who stand beside what they set. */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import type { ImpactView, NewImpact } from "@/lib/contract/review";
import { monthBounds } from "@/lib/domain/month-bounds";
import type { CustomerImpact } from "@/lib/domain/on-call";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { redactImpact, redactImpacts } from "@/lib/redact/redact-review";
import type { Redacted } from "@/lib/redact/redacted";
import type { RedactionContext } from "@/lib/redact/redaction-context";
import { store } from "@/lib/store/open-store";
import { requireDecider, reviewReader } from "./review-reader";

/** Throws `ProblemError("forbidden")`. */
export async function listImpacts(principal: Principal, month: string): Promise<Redacted<{ impacts: ImpactView[] }>> {
  const { context } = await reviewReader(principal);
  const { from, to } = monthBounds(month);
  const { reviews } = await store();
  return redactImpacts((await reviews.impacts(from, to)).map(toView), context);
}

/** Throws `ProblemError("forbidden")`. */
export async function recordImpact(principal: Principal, impact: NewImpact): Promise<Redacted<ImpactView>> {
  const { context } = await requireDecider(principal);
  const { reviews, audit } = await store();
  const { userId, displayName: name, role } = principal;
  await audit.append({ actor: userId, role, action: "impact.record", detail: { service: impact.service } });
  const dates = {
    startedAt: new Date(impact.startedAt),
    endedAt: dateOf(impact.endedAt),
    awareAt: dateOf(impact.awareAt),
  };
  const service = serviceCalled(impact.service, context);
  const stored = await reviews.recordImpact({ ...impact, ...dates, service }, { userId, name }, new Date());
  return redactImpact(toView(stored), context);
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

/** Impacts meet pages by the service: whoever reads display names writes them too. */
function serviceCalled(text: string, { serviceName }: RedactionContext): string {
  const { services } = configuration();
  return (
    (services.find(({ name }) => name === text) ?? services.find(({ name }) => serviceName(name) === text))?.name ??
    text
  );
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
