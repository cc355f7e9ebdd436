/** Whether alerts were worth it: up to 500 episodes at once. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { judgeEpisodes } from "@/lib/alerts/judge-episodes";
import { NewVerdict } from "@/lib/contract/alerts";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { openSealed } from "@/lib/stream/open-sealed";

export const dynamic = "force-dynamic";

export const POST = catchProblems("alerts.judge", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(openSealed(await judgeEpisodes(principal, await readJson(request, NewVerdict))));
});
