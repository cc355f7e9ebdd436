/** A new secret for a hook. The one before is accepted for a while, so that no alert is lost while senders change. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { rotateHook } from "@/lib/alerts/manage-hooks";
import { AlertHookRotation } from "@/lib/contract/alert-hook";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ hookId: string }>;
}

export const POST = catchProblems("alert-hooks.rotate", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const rotation = await readJson(request, AlertHookRotation);
  return answerJson(await rotateHook(principal, (await params).hookId, rotation));
});
