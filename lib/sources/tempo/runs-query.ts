/** Runs of one workflow → TraceQL. Pure. Root names are intrinsics since the first TraceQL; `&&` only, so it stays cheap. */
import type { RunsRequest } from "@/lib/domain/evidence-request";
import { traceqlString } from "./query";

/** Undefined when a name cannot be searched for. */
export function buildRunsQuery({ rawService, operation, version, anywhere }: RunsRequest): string | undefined {
  const service = traceqlString(rawService);
  const name = traceqlString(operation);
  if (service === undefined || name === undefined) return undefined;
  const conditions = [
    ...(anywhere ? [] : [`rootServiceName = ${service}`, `rootName = ${name}`]),
    // The root itself, not any span of its trace, must have ended well.
    `resource."service.name" = ${service}`,
    `name = ${name}`,
    "status != error",
  ];
  if (version !== undefined) {
    const literal = traceqlString(version);
    if (literal === undefined) return undefined;
    conditions.push(`resource."service.version" = ${literal}`);
  }
  return `{ ${conditions.join(" && ")} }`;
}
