/**
 * A real incident as a role would see it under a draft. Who configures does not thereby read: the asker's own answer,
 * under the policy in force, is asked for too, and what does not stand in it is covered.
 */
import "server-only";
import { policyInForce } from "@/lib/access/policy-in-force";
import { requireAbility } from "@/lib/access/resolve-access";
import { withFileFields } from "@/lib/access/with-file-fields";
import { configuration } from "@/lib/config/load-configuration";
import type { PolicyPreviewWish } from "@/lib/contract/policy";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import type { Access } from "@/lib/domain/access";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { checkPolicy, hiddenLabels } from "@/lib/redact/check-policy";
import { coverPreview } from "@/lib/redact/cover-preview";
import { policyHash, rolePolicyOf } from "@/lib/redact/policy";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { store } from "@/lib/store/open-store";
import { startQuestion } from "./answer-timeline";
import { openTimeline } from "./open-timeline";
import { recordShown } from "./record-shown";
import { shareEvidence } from "./share-evidence";
import { requireSameStanding } from "./require-same-standing";
import { redactionUnder } from "./timeline-deps";

/**
 * Undefined when the asker left before the end. Throws `ProblemError`: `forbidden` for roles that do not administer,
 * `bad-request` for a draft with problems, a role it does not have, or a bad question.
 */
export async function previewPolicy(
  principal: Principal,
  wish: PolicyPreviewWish,
  leaving: AbortSignal,
  current: () => Promise<Principal> = () => Promise.resolve(principal),
): Promise<TimelineAnswer | undefined> {
  await requireAbility(principal, "administer");
  await refuseBadDraft(wish);
  const question = await startQuestion(principal, searchParams(wish.question));
  const access = draftAccess(wish, question.access.incident);
  await recordPreview(principal, access);
  const deps = shareEvidence(question.deps);
  const draftDeps = { ...deps, redaction: redactionUnder(wish.document, question.deps) };
  const { asked, unlinks } = question;
  const record = recordShown(principal, access.incident, question.viewId);
  const [draft, own] = await Promise.all([
    collectAnswer(openTimeline(access, asked, draftDeps, leaving, { unlinks })),
    collectAnswer(openTimeline(question.access, asked, deps, leaving, { unlinks }, record)),
  ]);
  await requireSameStanding(question, await current());
  return draft && own && coverPreview(draft, own, deps.redaction.displayName);
}

async function refuseBadDraft({ document, role }: PolicyPreviewWish): Promise<void> {
  const [problem] = checkPolicy(withFileFields(document, configuration().fields));
  if (problem) throw new ProblemError("bad-request", { field: `document.${problem.path}`, detail: problem.detail });
  if (!document.roles.some(({ name }) => name === role)) {
    throw new ProblemError("bad-request", { field: "role", detail: "Expected a role of the draft." });
  }
  // By the fields in force too: a draft could first call a field harmless and then pick rows by its value.
  const { fields, keyKinds } = (await policyInForce()).document;
  const [hidden] = hiddenLabels({ ...document, fields, keyKinds });
  if (hidden) throw new ProblemError("bad-request", { field: `document.${hidden.path}`, detail: hidden.detail });
}

function draftAccess({ document, role, teams, services }: PolicyPreviewWish, incident: string): Access {
  const draft = withFileFields(document, configuration().fields);
  return {
    ...{ role, incident, revealed: new Set() },
    lenses: [{ role: rolePolicyOf(draft, role), teams, granted: new Set(services) }],
    policy: { document: draft, label: "draft", hash: policyHash(draft), provisioned: false },
  };
}

async function recordPreview({ userId: actor, role }: Principal, access: Access): Promise<void> {
  const detail = { as: access.role, hash: access.policy.hash };
  await (await store()).audit.append({ actor, role, action: "policy.preview", incident: access.incident, detail });
}

function searchParams({ keys, from, to }: PolicyPreviewWish["question"]): URLSearchParams {
  const params = new URLSearchParams(keys.map((key) => ["key", key]));
  if (from !== undefined) params.set("from", from);
  if (to !== undefined) params.set("to", to);
  return params;
}
