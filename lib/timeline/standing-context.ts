/** How somebody reads what belongs to no incident: alert history, the monthly review. */
import "server-only";
import { accessOf } from "@/lib/access/resolve-access";
import type { Principal } from "@/lib/domain/principal";
import { createRedactionContext, type RedactionContext } from "@/lib/redact/redaction-context";
import type { ReadingRules } from "@/lib/stitch/read-records";
import { freshTimelineDeps, timelineDepsUnder } from "./timeline-deps";

export interface StandingContext {
  readonly context: RedactionContext;
  readonly names: ReadingRules["names"];
}

/** By the policy, sources and names in force now. Rejects when nobody can say which policy that is. */
export async function standingContext(principal: Principal): Promise<StandingContext> {
  await freshTimelineDeps();
  const access = await accessOf(principal, "", new Date());
  const { reading, redaction } = timelineDepsUnder(access.policy);
  return { context: createRedactionContext(redaction, access), names: reading.names };
}
