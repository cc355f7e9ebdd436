/** What failed in some services → TraceQL. Pure. */
import type { FailuresRequest } from "@/lib/domain/evidence-request";
import { traceqlString } from "./query";

/** More spellings than a service has; each costs the trace store a comparison. */
const MAX_SPELLINGS = 20;

export interface FailuresQuery {
  /** Undefined when no name can be searched for. */
  readonly traceql: string | undefined;
  /** Spellings that are not in it. */
  readonly unasked: number;
}

export function buildFailuresQuery({ rawServices }: Pick<FailuresRequest, "rawServices">): FailuresQuery {
  const literals = rawServices.flatMap((name) => traceqlString(name) ?? []).slice(0, MAX_SPELLINGS);
  const names = literals.map((literal) => `resource."service.name" = ${literal}`).join(" || ");
  return {
    traceql: literals.length === 0 ? undefined : `{ status = error && (${names}) }`,
    unasked: rawServices.length - literals.length,
  };
}
