/** An incident as a role would see it under a draft; values that the asker may not read are covered. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { MAX_POLICY_BYTES, PolicyPreviewWish } from "@/lib/contract/policy";
import { currentPrincipal, requirePrincipal } from "@/lib/identity/require-principal";
import { previewPolicy } from "@/lib/timeline/preview-policy";

export const dynamic = "force-dynamic";

export const POST = catchProblems("policy.preview", async (request) => {
  const principal = await requirePrincipal(request);
  const wish = await readJson(request, PolicyPreviewWish, MAX_POLICY_BYTES);
  return answerJson(await previewPolicy(principal, wish, request.signal, () => currentPrincipal(request)));
});
