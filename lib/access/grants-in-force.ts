/** Services that a person was granted. Read anew for every answer: a revoked grant opens nothing. */
import "server-only";
import type { StoredGrant } from "@/lib/domain/stored-grant";
import { store } from "@/lib/store/open-store";

/** Of all live grants that cover this incident, together. Nothing granted: the empty set. */
export async function grantedServices(
  userId: string,
  incident: string,
  now: Date,
): Promise<ReadonlySet<string> | "all"> {
  const { grants } = await store();
  return grantedBy(await grants.inForce(userId, incident, now));
}

/** A list of services is never everything: only a grant of one incident may do without one. Pure. */
export function grantedBy(grants: readonly Pick<StoredGrant, "services" | "incident">[]): ReadonlySet<string> | "all" {
  if (grants.some(({ services, incident }) => services.length === 0 && incident !== undefined)) return "all";
  return new Set(grants.flatMap(({ services }) => services));
}
