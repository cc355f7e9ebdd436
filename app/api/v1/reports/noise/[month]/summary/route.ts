/** The words of the meeting about a month. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { SaveSummary } from "@/lib/contract/review";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { parseMonth } from "@/lib/reports/parse-month";
import { saveSummary } from "@/lib/reports/save-summary";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ month: string }>;
}

export const PUT = catchProblems("reviews.summary", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const month = parseMonth((await params).month);
  const { summary, version } = await readJson(request, SaveSummary);
  await saveSummary(principal, month, summary, version);
  return answerJson({ saved: true });
});
