/** Everything that is known of a draft before it is published: problems, its tests, what it changes, whom it leaves. */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import type { PolicyCheck } from "@/lib/contract/policy";
import type { PolicyDocument } from "@/lib/domain/policy";
import type { Principal } from "@/lib/domain/principal";
import { checkLockOut, checkPolicy } from "@/lib/redact/check-policy";
import { policyDiff } from "@/lib/redact/policy-diff";
import { runPolicyTests } from "@/lib/redact/policy-tests";
import { store } from "@/lib/store/open-store";
import { policyInForce } from "./policy-in-force";
import { policyTestSettings } from "./policy-test-settings";
import { requireAbility } from "./resolve-access";
import { withFileFields } from "./with-file-fields";

/** Throws `ProblemError("forbidden")` for roles that do not administer. Nothing is stored. */
export async function checkDraft(principal: Principal, document: PolicyDocument): Promise<PolicyCheck> {
  await requireAbility(principal, "administer");
  return examinePolicy(principal, document);
}

/** Against the policy in force. The caller has checked who asks. */
export async function examinePolicy({ role }: Principal, document: PolicyDocument): Promise<PolicyCheck> {
  const settings = await policyTestSettings();
  const draft = withFileFields(document, configuration().fields);
  const current = await policyInForce();
  return {
    problems: [...checkPolicy(draft), ...checkLockOut(draft, role)],
    tests: runPolicyTests(draft, settings),
    changes: policyDiff(current.document, draft, settings.keyRules),
    notes: await leftPeople(draft),
  };
}

/** Roles that people have and the draft does not. */
async function leftPeople({ roles }: PolicyDocument): Promise<string[]> {
  const kept = new Set(roles.map(({ name }) => name));
  const left = new Map<string, number>();
  for (const person of await (await store()).users.list()) {
    if (person.disabledAt !== null) continue;
    for (const name of person.roles) if (!kept.has(name)) left.set(name, (left.get(name) ?? 0) + 1);
  }
  return [...left].map(([name, count]) => {
    const people = count === 1 ? "1 person has" : `${String(count)} people have`;
    return `${people} the role ${name}, which this policy does not know: it would show them nothing.`;
  });
}
