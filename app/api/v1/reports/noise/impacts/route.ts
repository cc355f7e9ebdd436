/** Times when customers were hit: of a month, and a new one. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { NewImpact } from "@/lib/contract/review";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { listImpacts, recordImpact } from "@/lib/reports/impacts";
import { parseMonth } from "@/lib/reports/parse-month";

export const dynamic = "force-dynamic";

export const GET = catchProblems("impacts.list", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await listImpacts(principal, parseMonth(new URL(request.url).searchParams.get("month"))));
});

export const POST = catchProblems("impacts.record", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await recordImpact(principal, await readJson(request, NewImpact)), 201);
});
