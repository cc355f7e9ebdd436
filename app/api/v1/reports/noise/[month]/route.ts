/** A month's review: as a document, or as the file that the suffix names. */
import { answerFile } from "@/app/api/answer-file";
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { exportReview, REVIEW_FORMATS } from "@/lib/reports/export-review";
import { parseMonth, splitSuffix } from "@/lib/reports/parse-month";
import { readReview } from "@/lib/reports/read-review";
import { openSealed } from "@/lib/stream/open-sealed";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ month: string }>;
}

export const GET = catchProblems("reviews.read", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const { month, suffix } = splitSuffix((await params).month);
  if (suffix === "") return answerJson(openSealed(await readReview(principal, parseMonth(month))));
  const format = REVIEW_FORMATS.find((one) => one === suffix);
  if (!format) throw new ProblemError("not-found");
  return answerFile(await exportReview(principal, parseMonth(month), format));
});
