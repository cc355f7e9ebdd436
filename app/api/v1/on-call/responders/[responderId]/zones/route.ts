/** Clocks of somebody who is paged: one that holds from an instant on, and the end of a wrong one (`?from=`). */
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { putResponderZone, removeResponderZone } from "@/lib/alerts/manage-responders";
import { NewZone } from "@/lib/contract/on-call-admin";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ responderId: string }>;
}

const NOTHING = { status: 204, headers: { "cache-control": "private, no-store" } };

export const PUT = catchProblems("on-call.zone", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  await putResponderZone(principal, (await params).responderId, await readJson(request, NewZone));
  return new Response(null, NOTHING);
});

export const DELETE = catchProblems("on-call.remove-zone", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const from = new URL(request.url).searchParams.get("from") ?? "";
  await removeResponderZone(principal, (await params).responderId, from);
  return new Response(null, NOTHING);
});
