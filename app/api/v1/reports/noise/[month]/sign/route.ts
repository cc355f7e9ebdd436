/** One of the two signatures under a month. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { SignReview } from "@/lib/contract/review";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { parseMonth } from "@/lib/reports/parse-month";
import { signReview } from "@/lib/reports/sign-review";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ month: string }>;
}

export const POST = catchProblems("reviews.sign", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const month = parseMonth((await params).month);
  await signReview(principal, month, await readJson(request, SignReview));
  return answerJson({ signed: true });
});
