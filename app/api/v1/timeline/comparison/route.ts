/** `GET /api/v1/timeline/comparison?key=order:48192&from=now-1h`: the failing run beside healthy ones of its workflow. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { currentPrincipal, requirePrincipal } from "@/lib/identity/require-principal";
import { compareWithHealthyRun } from "@/lib/timeline/compare-with-healthy-run";

export const dynamic = "force-dynamic";

export const GET = catchProblems("timeline.comparison", async (request) => {
  const principal = await requirePrincipal(request);
  const { searchParams } = new URL(request.url);
  const current = () => currentPrincipal(request);
  return answerJson(await compareWithHealthyRun(principal, searchParams, request.signal, current));
});
