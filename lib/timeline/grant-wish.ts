/** A grant as it is asked for → as it is stored: canonical services, the incident as its digest. */
import "server-only";
import type { GrantWish } from "@/lib/access/grants";
import type { NewGrant } from "@/lib/contract/person";
import type { Principal } from "@/lib/domain/principal";
import { incidentOf } from "./incident-of";
import { freshTimelineDeps } from "./timeline-deps";

/** Throws `ProblemError("bad-request")` for keys that are none. */
export async function grantWish(
  principal: Principal,
  { services, keys, reason, expiresAt }: NewGrant,
): Promise<GrantWish> {
  const { canonicalName } = await freshTimelineDeps();
  return {
    services: [...new Set(services.map(canonicalName))].sort(),
    incident: keys && (await incidentOf(principal, keys)),
    reason,
    expiresAt: new Date(expiresAt),
  };
}
