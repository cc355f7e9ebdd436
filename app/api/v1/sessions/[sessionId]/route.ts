/** Ends one of the caller's own sessions at once, wherever its cookie was copied to. */
import { catchProblems } from "@/app/api/catch-problems";
import { endOwnSession } from "@/lib/identity/own-sessions";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ sessionId: string }>;
}

export const DELETE = catchProblems("sessions.end", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  await endOwnSession(principal, (await params).sessionId);
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
