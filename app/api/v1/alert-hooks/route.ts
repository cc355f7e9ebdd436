/** Where alerts may be sent to, and what was sent that nobody could read; a new hook. Secrets are shown once. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { createHook, listHooks } from "@/lib/alerts/manage-hooks";
import { NewAlertHook } from "@/lib/contract/alert-hook";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const GET = catchProblems("alert-hooks.list", async (request) =>
  answerJson(await listHooks(await requirePrincipal(request))),
);

export const POST = catchProblems("alert-hooks.create", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await createHook(principal, await readJson(request, NewAlertHook)), 201);
});
