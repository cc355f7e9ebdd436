/** `GET /api/v1/alerts/rules?from=now-30d`: one line per rule, those with most episodes first. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { listRules } from "@/lib/alerts/list-rules";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { openSealed } from "@/lib/stream/open-sealed";

export const dynamic = "force-dynamic";

export const GET = catchProblems("alerts.rules", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(openSealed(await listRules(principal, new URL(request.url).searchParams)));
});
