/** The second person lets it begin. */
import { catchProblems } from "@/app/api/catch-problems";
import { approveReveal } from "@/lib/access/reveals";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ revealId: string }>;
}

export const POST = catchProblems("reveals.approve", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  await approveReveal(principal, (await params).revealId, new Date());
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
