/** Links to timelines: one's own (`?all=1`: everybody's, for admins), and a new one (its token is answered once). */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { NewShareLink } from "@/lib/contract/share-link";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { shareLinks, shareTimeline } from "@/lib/timeline/share-timeline";

export const dynamic = "force-dynamic";

export const GET = catchProblems("share-links.list", async (request) => {
  const everybody = new URL(request.url).searchParams.get("all") === "1";
  return answerJson(await shareLinks(await requirePrincipal(request), everybody));
});

export const POST = catchProblems("share-links.create", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await shareTimeline(principal, await readJson(request, NewShareLink)), 201);
});
