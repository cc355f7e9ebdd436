/** Name, team and sign-in of somebody who is paged. */
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { changeResponder } from "@/lib/alerts/manage-responders";
import { ResponderChange } from "@/lib/contract/on-call-admin";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ responderId: string }>;
}

export const PATCH = catchProblems("on-call.responder", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  await changeResponder(principal, (await params).responderId, await readJson(request, ResponderChange));
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
