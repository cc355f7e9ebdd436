/**
 * The policy as admins read and publish it. What is published is checked first: by itself, by its own tests, and so that
 * the publisher can undo it. Publishing only adds a version; going back publishes an older document again.
 */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import type { NewPolicy, PolicyVersionDocument, PolicyVersionView, PolicyView } from "@/lib/contract/policy";
import type { PolicyDocument } from "@/lib/domain/policy";
import type { Principal } from "@/lib/domain/principal";
import type { PolicyVersionEntry } from "@/lib/domain/stored-policy";
import { ProblemError } from "@/lib/platform/problem-error";
import { DEFAULT_POLICY, policyHash } from "@/lib/redact/policy";
import { countEffects, policyDiff } from "@/lib/redact/policy-diff";
import { store } from "@/lib/store/open-store";
import { examinePolicy } from "./examine-policy";
import { lastReadablePolicy } from "./last-readable-policy";
import { policyInForce } from "./policy-in-force";
import { policyTestSettings } from "./policy-test-settings";
import { requireAbility } from "./resolve-access";
import { withFileFields } from "./with-file-fields";

const LISTED_VERSIONS = 200;

/** Throws `ProblemError("forbidden")` for roles that do not administer; so do all below. */
export async function readPolicy(principal: Principal): Promise<PolicyView> {
  await requireAbility(principal, "administer");
  const { fields: fileFields, policy: fromFile } = configuration();
  const { policies } = await store();
  const newest = await policies.newest();
  const stored = newest > 0 ? await policies.read(newest) : undefined;
  const unreadable = fromFile === undefined && newest > 0 && stored?.document === undefined;
  const lastGood = unreadable ? await lastReadablePolicy(policies, newest) : DEFAULT_POLICY;
  const document = fromFile ?? stored?.document ?? lastGood;
  return {
    document,
    label: fromFile ? "file" : newest === 0 ? "built-in" : `v${String(newest)}`,
    hash: policyHash(withFileFields(document, fileFields)),
    ...{ provisioned: fromFile !== undefined, unreadable, newest, fileFields },
    history: (await policies.list(LISTED_VERSIONS)).map(versionView),
  };
}

/** Throws `ProblemError("not-found")` for a version that was never published. */
export async function readPolicyVersion(principal: Principal, version: number): Promise<PolicyVersionDocument> {
  await requireAbility(principal, "administer");
  const stored = Number.isInteger(version) && version > 0 ? await (await store()).policies.read(version) : undefined;
  if (!stored) throw new ProblemError("not-found", { detail: "There is no such version." });
  const { document } = stored;
  const { keyRules } = await policyTestSettings();
  const current = (await policyInForce()).document;
  return {
    ...versionView(stored),
    document: document ?? null,
    changes: document ? policyDiff(current, withFileFields(document, configuration().fields), keyRules) : [],
  };
}

/**
 * Throws `ProblemError`: `bad-request` naming the part that is wrong or the test that fails, `conflict` when somebody
 * published since `expected`, or when the policy comes from the provisioning file.
 */
export async function publishPolicy(principal: Principal, wish: NewPolicy): Promise<PolicyVersionView> {
  await requireAbility(principal, "administer");
  refuseProvisioned();
  const { problems, tests, changes } = await examinePolicy(principal, wish.document);
  const [problem] = problems;
  if (problem) throw refusal(problem.path, problem.detail);
  const failing = tests.findIndex(({ passed }) => !passed);
  const test = tests[failing];
  if (test) {
    throw refusal(`tests.${String(failing)}`, `The test “${test.role} never sees ${test.field}” fails: ${test.reason}`);
  }
  await refuseFalseRestore(wish);
  const { policies, audit } = await store();
  const { document, note, expected, restores } = wish;
  const by = { userId: principal.userId, name: principal.displayName };
  const published = await policies.publish({ document, hash: policyHash(document), note, expected, restores, by });
  if (published === "stale") {
    const detail = "Somebody published another policy since you opened this one.";
    throw new ProblemError("conflict", { field: "expected", detail });
  }
  const { version, hash } = published;
  const { more, less, different } = countEffects(changes);
  const detail = { version, hash, more, less, different, ...(restores === undefined ? {} : { restores }) };
  await audit.append({ actor: principal.userId, role: principal.role, action: "policy.publish", detail });
  return versionView(published);
}

function refuseProvisioned(): void {
  if (configuration().policy === undefined) return;
  const detail = "The provisioning file holds the policy, so it cannot be changed here.";
  throw new ProblemError("conflict", { field: "document", detail });
}

/** The record of who went back to what must not be wrong. */
async function refuseFalseRestore({ document, restores }: NewPolicy): Promise<void> {
  if (restores === undefined) return;
  const older = (await (await store()).policies.read(restores))?.document;
  if (older && sameMeaning(older, document)) return;
  const detail = `Expected the document of version ${String(restores)} as it was.`;
  throw new ProblemError("bad-request", { field: "restores", detail });
}

function sameMeaning(a: PolicyDocument, b: PolicyDocument): boolean {
  return policyHash(a) === policyHash(b);
}

function refusal(path: string, detail: string): ProblemError {
  return new ProblemError("bad-request", { field: `document.${path}`, detail });
}

function versionView({ version, hash, note, restores, by, at }: PolicyVersionEntry): PolicyVersionView {
  return { version, hash, note, restores: restores ?? null, by, at: at.toISOString() };
}
