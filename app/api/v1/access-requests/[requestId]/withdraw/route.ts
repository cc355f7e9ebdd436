/** Who asked takes it back. */
import { catchProblems } from "@/app/api/catch-problems";
import { withdrawAccessRequest } from "@/lib/access/access-requests";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ requestId: string }>;
}

export const POST = catchProblems("access-requests.withdraw", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  await withdrawAccessRequest(principal, (await params).requestId, new Date());
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
