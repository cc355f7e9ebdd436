/** Puts back what was taken out of an incident. */
import { catchProblems } from "@/app/api/catch-problems";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { undoUnlink } from "@/lib/timeline/unlinks";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ unlinkId: string }>;
}

export const DELETE = catchProblems("unlinks.undo", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  await undoUnlink(principal, (await params).unlinkId);
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
