/** A rule on pasted lines, beside all rules in force. Nothing of it is stored or logged. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { KeyRuleTrialWish, MAX_TRIAL_BYTES } from "@/lib/contract/key-rule";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { testKeyRule } from "@/lib/timeline/manage-key-rules";

export const dynamic = "force-dynamic";

/** Quotes and line ends are escaped on the way, and the rule comes along. */
const MAX_BYTES = 4 * MAX_TRIAL_BYTES;

export const POST = catchProblems("key-rules.test", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await testKeyRule(principal, await readJson(request, KeyRuleTrialWish, MAX_BYTES)));
});
