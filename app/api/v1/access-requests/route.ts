/** Wishes for standing access: one's own, or for admins everybody's; and asking. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { askAccess, listAccessRequests } from "@/lib/access/access-requests";
import { NewAccessRequest } from "@/lib/contract/access-request";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const GET = catchProblems("access-requests.list", async (request) =>
  answerJson(await listAccessRequests(await requirePrincipal(request))),
);

export const POST = catchProblems("access-requests.ask", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await askAccess(principal, await readJson(request, NewAccessRequest), new Date()), 201);
});
