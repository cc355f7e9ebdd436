/** Tests a connection: whether, how fast, and which kind of failure. Nothing of what was answered. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { SourceTest } from "@/lib/contract/source";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { testSource } from "@/lib/timeline/test-source";

export const dynamic = "force-dynamic";

export const POST = catchProblems("sources.test", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await testSource(principal, await readJson(request, SourceTest), request.signal));
});
