/** Times when customers were hit: of a month, and a new one. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { NewImpact } from "@/lib/contract/review";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { listImpacts, recordImpact } from "@/lib/reports/impacts";
import { parseMonth } from "@/lib/reports/parse-month";
import { openSealed } from "@/lib/stream/open-sealed";

export const dynamic = "force-dynamic";

export const GET = catchProblems("impacts.list", async (request) => {
  const principal = await requirePrincipal(request);
  const month = parseMonth(new URL(request.url).searchParams.get("month"));
  return answerJson(openSealed(await listImpacts(principal, month)));
});

export const POST = catchProblems("impacts.record", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(openSealed(await recordImpact(principal, await readJson(request, NewImpact))), 201);
});
