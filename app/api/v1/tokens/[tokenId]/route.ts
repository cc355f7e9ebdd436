/** Ends one of the caller's own API tokens at once. */
import { catchProblems } from "@/app/api/catch-problems";
import { revokeOwnToken } from "@/lib/identity/own-tokens";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ tokenId: string }>;
}

export const DELETE = catchProblems("tokens.revoke", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  await revokeOwnToken(principal, (await params).tokenId);
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
