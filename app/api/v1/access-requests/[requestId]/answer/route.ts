/** An admin grants or refuses, with words for who asked. */
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { answerAccessRequest } from "@/lib/access/access-requests";
import { AccessRequestAnswer } from "@/lib/contract/access-request";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ requestId: string }>;
}

export const POST = catchProblems("access-requests.answer", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const answer = await readJson(request, AccessRequestAnswer);
  await answerAccessRequest(principal, (await params).requestId, answer, new Date());
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
