/** What becomes of a decision: confirmed, done, dropped, open again. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { DecisionChange } from "@/lib/contract/review";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { changeDecision } from "@/lib/reports/decide";
import { openSealed } from "@/lib/stream/open-sealed";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ decisionId: string }>;
}

export const PATCH = catchProblems("reviews.decision", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const { decisionId } = await params;
  const decision = await changeDecision(principal, decisionId, await readJson(request, DecisionChange));
  return answerJson(openSealed(decision));
});
