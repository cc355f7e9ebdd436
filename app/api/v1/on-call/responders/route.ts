/** Everybody whom an on-call feed named, with their clocks. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { listResponders } from "@/lib/alerts/manage-responders";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const GET = catchProblems("on-call.responders", async (request) =>
  answerJson(await listResponders(await requirePrincipal(request))),
);
