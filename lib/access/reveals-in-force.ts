/** Classes that are open to a person in one incident. Read anew for every answer: what ended a moment ago opens nothing. */
import "server-only";
import type { FieldClass, Role } from "@/lib/domain/role";
import { rolePolicyOf } from "@/lib/redact/policy";
import { store } from "@/lib/store/open-store";
import { policyInForce } from "./policy-in-force";

/** Only what was asked for in this very role, and what the policy lets it reveal now. Nothing for vendors, ever. */
export async function revealsInForce(
  userId: string,
  incident: string,
  role: Role,
  now: Date,
): Promise<ReadonlySet<FieldClass>> {
  if (role === "vendor") return new Set();
  const { reveals } = await store();
  const live = (await reveals.inForce(userId, incident, now)).filter((reveal) => reveal.role === role);
  if (live.length === 0) return new Set();
  const { abilities, mayReveal } = rolePolicyOf((await policyInForce()).document, role);
  if (!abilities.includes("reveal")) return new Set();
  const open = new Set<FieldClass>(mayReveal);
  return new Set(live.map(({ fieldClass }) => fieldClass).filter((fieldClass) => open.has(fieldClass)));
}
