/** How ids are spelled here: all rules with where they come from, and a new one. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { KeyRuleDraft } from "@/lib/contract/key-rule";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { createKeyRule, listKeyRules } from "@/lib/timeline/manage-key-rules";

export const dynamic = "force-dynamic";

export const GET = catchProblems("key-rules.list", async (request) =>
  answerJson(await listKeyRules(await requirePrincipal(request))),
);

export const POST = catchProblems("key-rules.create", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await createKeyRule(principal, await readJson(request, KeyRuleDraft)), 201);
});
