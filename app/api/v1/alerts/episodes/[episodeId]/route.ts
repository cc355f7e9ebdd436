/** `GET /api/v1/alerts/episodes/{id}`: one episode with its fires, pages and verdicts, and the alert as it was sent. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { openEpisode } from "@/lib/alerts/open-episode";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { openSealed } from "@/lib/stream/open-sealed";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ episodeId: string }>;
}

export const GET = catchProblems("alerts.episode", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  return answerJson(openSealed(await openEpisode(principal, (await params).episodeId)));
});
