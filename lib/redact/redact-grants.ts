/** What was shared with somebody, as their role reads names and notes. */
import type { GrantView } from "@/lib/contract/person";
import type { RowService } from "@/lib/domain/stitched-timeline";
import { grantState, type StoredGrant } from "@/lib/domain/stored-grant";
import { readNote } from "./read-note";
import { serviceLabel } from "./redact-row";
import type { RedactionContext } from "./redaction-context";

interface GrantReading {
  readonly serviceOf: (canonicalName: string) => RowService;
  readonly now: Date;
}

/** Keeps the order. `context`: made for what the reader was granted, so that those services are their own. Pure. */
export function redactGrants(
  grants: readonly StoredGrant[],
  context: RedactionContext,
  { serviceOf, now }: GrantReading,
): GrantView[] {
  return grants.map((grant) => ({
    id: grant.id,
    services: grant.services.map((name) => serviceLabel(serviceOf(name), context) ?? "another service"),
    oneIncident: grant.incident !== undefined,
    reason: readNote(grant.reason, context.base, context),
    createdAt: grant.createdAt.toISOString(),
    expiresAt: grant.expiresAt.toISOString(),
    state: grantState(grant, now),
  }));
}
