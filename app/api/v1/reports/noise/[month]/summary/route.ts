/** The words of the meeting about a month. */
import { z } from "zod";
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { parseMonth } from "@/lib/reports/parse-month";
import { saveSummary } from "@/lib/reports/save-summary";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ month: string }>;
}

const Summary = z.strictObject({
  summary: z.string("expected the summary").trim().max(4000, "expected at most 4000 characters"),
  version: z.number("expected the version that was read").int(),
});

export const PUT = catchProblems("reviews.summary", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const month = parseMonth((await params).month);
  const { summary, version } = await readJson(request, Summary);
  await saveSummary(principal, month, summary, version);
  return answerJson({ saved: true });
});
