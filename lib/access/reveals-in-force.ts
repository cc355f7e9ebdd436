/** Classes that are open to a person in one incident. Read anew for every answer: what ended a moment ago opens nothing. */
import "server-only";
import type { RolePolicy } from "@/lib/domain/policy";
import type { FieldClass } from "@/lib/domain/role";
import { store } from "@/lib/store/open-store";

/**
 * Only what was asked for in this very role, and what its policy lets it reveal. Nothing for vendors, ever. `role` is of
 * the policy that the whole answer is made by: another reading of it could be another policy.
 */
export async function revealsInForce(
  userId: string,
  incident: string,
  { name, abilities, mayReveal }: RolePolicy,
  now: Date,
): Promise<ReadonlySet<FieldClass>> {
  if (name === "vendor" || !abilities.includes("reveal")) return new Set();
  const { reveals } = await store();
  const live = (await reveals.inForce(userId, incident, now)).filter(({ role }) => role === name);
  const open = new Set<FieldClass>(mayReveal);
  return new Set(live.map(({ fieldClass }) => fieldClass).filter((fieldClass) => open.has(fieldClass)));
}
