/** What was shared with the asker, and until when. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { ownGrants } from "@/lib/timeline/own-grants";

export const dynamic = "force-dynamic";

export const GET = catchProblems("grants.mine", async (request) =>
  answerJson(await ownGrants(await requirePrincipal(request), new Date())),
);
