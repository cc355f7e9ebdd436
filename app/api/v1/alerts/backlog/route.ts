/** What still waits for a verdict. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { verdictBacklog } from "@/lib/reports/verdict-backlog";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { openSealed } from "@/lib/stream/open-sealed";

export const dynamic = "force-dynamic";

export const GET = catchProblems("alerts.backlog", async (request) =>
  answerJson(openSealed(await verdictBacklog(await requirePrincipal(request)))),
);
