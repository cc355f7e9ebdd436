/** Takes a grant back, at once. */
import { catchProblems } from "@/app/api/catch-problems";
import { revokeGrant } from "@/lib/access/grants";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ grantId: string }>;
}

export const DELETE = catchProblems("grants.revoke", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  await revokeGrant(principal, (await params).grantId, new Date());
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
