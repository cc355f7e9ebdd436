/** Signs one person out everywhere. */
import { catchProblems } from "@/app/api/catch-problems";
import { signOutPerson } from "@/lib/access/people";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ userId: string }>;
}

export const DELETE = catchProblems("people.sign-out", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  await signOutPerson(principal, (await params).userId, new Date());
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
