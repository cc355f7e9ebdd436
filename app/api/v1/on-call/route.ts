/** Everything that was told of who is paged: people, shifts, receivers, the feed's hooks. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { onCallOverview } from "@/lib/alerts/on-call-overview";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const GET = catchProblems("on-call.overview", async (request) =>
  answerJson(await onCallOverview(await requirePrincipal(request))),
);
