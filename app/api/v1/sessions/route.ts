/** Where the caller is signed in; and signing out everywhere, here too. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { endAllOwnSessions, listOwnSessions } from "@/lib/identity/own-sessions";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { FORGET_EVERYTHING } from "@/lib/identity/forget-everything";

export const dynamic = "force-dynamic";

export const GET = catchProblems("sessions.list", async (request) =>
  answerJson(await listOwnSessions(await requirePrincipal(request))),
);

export const DELETE = catchProblems("sessions.end-all", async (request) => {
  await endAllOwnSessions(await requirePrincipal(request));
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store", ...FORGET_EVERYTHING } });
});
