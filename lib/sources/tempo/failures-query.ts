/** What failed in some services → TraceQL. Pure. */
import type { FailuresRequest } from "@/lib/domain/evidence-request";
import { traceqlString } from "./query";

/** More spellings than a service has; each costs the trace store a comparison. */
const MAX_SPELLINGS = 20;

/** Undefined when no name can be searched for. */
export function buildFailuresQuery({ rawServices }: Pick<FailuresRequest, "rawServices">): string | undefined {
  const literals = rawServices.slice(0, MAX_SPELLINGS).flatMap((name) => traceqlString(name) ?? []);
  if (literals.length === 0) return undefined;
  const names = literals.map((literal) => `resource."service.name" = ${literal}`).join(" || ");
  return `{ status = error && (${names}) }`;
}
