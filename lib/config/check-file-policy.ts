/** The policy of the provisioning file meets the same checks and tests as one that is published on the page. Pure. */
import type { Configuration } from "@/lib/domain/configuration";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { checkPolicy } from "@/lib/redact/check-policy";
import { runPolicyTests } from "@/lib/redact/policy-tests";
import { createPseudonymizer } from "@/lib/redact/pseudonym";

/** One line for each problem; empty when there is none, or no policy. */
export function checkFilePolicy({ policy, fields, keys }: Pick<Configuration, "policy" | "fields" | "keys">): string[] {
  if (!policy) return [];
  const document = { ...policy, fields: { ...fields, ...policy.fields } };
  // Nothing that these keys make leaves the check.
  const key = Buffer.alloc(32);
  const results = runPolicyTests(document, {
    keyRules: compileKeyRules(keys),
    ...{ pseudonyms: createPseudonymizer(key), idKey: key, displayName: () => "a service" },
  });
  return [
    ...checkPolicy(document).map(({ path, detail }) => `policy.${path}: ${detail}`),
    ...results.flatMap(({ role, field, passed, reason }) =>
      passed ? [] : [`policy.tests: “${role} never sees ${field}” fails: ${reason}`],
    ),
  ];
}
