/** Changes or removes a key rule that was made on the page. Both name the version they were made from. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { KeyRuleChange } from "@/lib/contract/key-rule";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { changeKeyRule, removeKeyRule } from "@/lib/timeline/manage-key-rules";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ ruleId: string }>;
}

export const PUT = catchProblems("key-rules.change", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const change = await readJson(request, KeyRuleChange);
  return answerJson(await changeKeyRule(principal, (await params).ruleId, change));
});

export const DELETE = catchProblems("key-rules.remove", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const version = Number(new URL(request.url).searchParams.get("version"));
  await removeKeyRule(principal, (await params).ruleId, version);
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
