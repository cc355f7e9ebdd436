/** A draft of the policy: what is wrong, which tests fail, what it would change. Nothing is stored. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { checkDraft } from "@/lib/access/examine-policy";
import { MAX_POLICY_BYTES, PolicyCheckWish } from "@/lib/contract/policy";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const POST = catchProblems("policy.check", async (request) => {
  const principal = await requirePrincipal(request);
  const { document } = await readJson(request, PolicyCheckWish, MAX_POLICY_BYTES);
  return answerJson(await checkDraft(principal, document));
});
