/** A new decision about a rule. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { NewDecision } from "@/lib/contract/review";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { decideAbout } from "@/lib/reports/decide";
import { parseMonth } from "@/lib/reports/parse-month";
import { openSealed } from "@/lib/stream/open-sealed";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ month: string }>;
}

export const POST = catchProblems("reviews.decide", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const month = parseMonth((await params).month);
  const decision = await decideAbout(principal, month, await readJson(request, NewDecision));
  return answerJson(openSealed(decision), 201);
});
