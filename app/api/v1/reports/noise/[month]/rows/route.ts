/** The rows behind a number of a review. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { FigureRowsQuery } from "@/lib/contract/review";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { figureRows } from "@/lib/reports/figure-rows";
import { parseMonth } from "@/lib/reports/parse-month";
import { openSealed } from "@/lib/stream/open-sealed";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ month: string }>;
}

export const GET = catchProblems("reviews.rows", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const month = parseMonth((await params).month);
  const query = FigureRowsQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) {
    const field = query.error.issues[0]?.path.join(".") || "figure";
    throw new ProblemError("bad-request", { field, detail: "Expected a figure of the review, and rows 1 to 500." });
  }
  return answerJson(openSealed(await figureRows(principal, month, query.data)));
});
