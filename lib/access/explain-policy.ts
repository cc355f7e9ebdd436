/** What one's own role sees, and why: readable by everybody, because it tells nothing but rules. */
import "server-only";
import type { OwnPolicy } from "@/lib/contract/policy";
import type { Principal } from "@/lib/domain/principal";
import { explainRole } from "@/lib/redact/explain-role";
import { policyInForce } from "./policy-in-force";

export async function explainOwnPolicy({ role }: Principal): Promise<OwnPolicy> {
  return explainRole(role, await policyInForce());
}
