/** Takes an impact out that was recorded by mistake. */
import { catchProblems } from "@/app/api/catch-problems";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { removeImpact } from "@/lib/reports/impacts";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ impactId: string }>;
}

export const DELETE = catchProblems("impacts.remove", async (request, { params }: Context) => {
  await removeImpact(await requirePrincipal(request), (await params).impactId);
  return new Response(null, { status: 204 });
});
