/** `GET /api/v1/alerts/episodes?from=now-30d&rule=…&cursor=…`: the history of alerts, newest first. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { listEpisodes } from "@/lib/alerts/list-episodes";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { openSealed } from "@/lib/stream/open-sealed";

export const dynamic = "force-dynamic";

export const GET = catchProblems("alerts.episodes", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(openSealed(await listEpisodes(principal, new URL(request.url).searchParams)));
});
