/** Ends one of the caller's own share links at once; an admin ends anybody's. */
import { catchProblems } from "@/app/api/catch-problems";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { endShareLink } from "@/lib/timeline/share-timeline";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ linkId: string }>;
}

export const DELETE = catchProblems("share-links.revoke", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  await endShareLink(principal, (await params).linkId);
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
