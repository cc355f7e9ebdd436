/** One published policy, with what going back to it would change. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readPolicyVersion } from "@/lib/access/manage-policy";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ version: string }>;
}

export const GET = catchProblems("policy.version", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  return answerJson(await readPolicyVersion(principal, Number((await params).version)));
});
