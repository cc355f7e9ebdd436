/** The policy that every decision uses. */
import "server-only";
import type { PolicyInForce } from "@/lib/domain/policy";
import { DEFAULT_POLICY, policyHash } from "@/lib/redact/policy";

export function policyInForce(): Promise<PolicyInForce> {
  const hash = policyHash(DEFAULT_POLICY);
  return Promise.resolve({ document: DEFAULT_POLICY, label: "built-in", hash, provisioned: false });
}
