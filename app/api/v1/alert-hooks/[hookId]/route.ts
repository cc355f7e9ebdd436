/** What a notification to a hook means; the end of a hook. Both name the version they were made from. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { changeHook, removeHook } from "@/lib/alerts/manage-hooks";
import { AlertHookChange } from "@/lib/contract/alert-hook";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ hookId: string }>;
}

export const PATCH = catchProblems("alert-hooks.change", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const change = await readJson(request, AlertHookChange);
  return answerJson(await changeHook(principal, (await params).hookId, change));
});

export const DELETE = catchProblems("alert-hooks.remove", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const version = Number(new URL(request.url).searchParams.get("version"));
  await removeHook(principal, (await params).hookId, version);
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
