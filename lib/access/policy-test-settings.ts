/** What the tests of a policy are run with: the key rules in force, and keys of no importance, because nothing leaves. */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import { mergeKeyRules } from "@/lib/config/merge-rules";
import { checkKeyRule } from "@/lib/normalize/check-key-rule";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { deriveKey } from "@/lib/platform/installation-key";
import type { PolicyTestSettings } from "@/lib/redact/policy-tests";
import { createPseudonymizer } from "@/lib/redact/pseudonym";
import { store } from "@/lib/store/open-store";

export async function policyTestSettings(): Promise<PolicyTestSettings> {
  const { rules } = await (await store()).keyRules.list();
  const usable = rules.flatMap(({ rule }) => (rule && checkKeyRule(rule).length === 0 ? [rule] : []));
  const key = deriveKey("policy-tests");
  return {
    keyRules: compileKeyRules(mergeKeyRules(configuration().fileKeys, usable)),
    pseudonyms: createPseudonymizer(key),
    idKey: key,
    displayName: () => "a service",
  };
}
