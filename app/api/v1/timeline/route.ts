/** `GET /api/v1/timeline?key=order:48192&from=now-1h`: JSON, or NDJSON frames with `Accept: application/x-ndjson`. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { currentPrincipal, requirePrincipal } from "@/lib/identity/require-principal";
import { collectTimeline, startQuestion, streamTimeline } from "@/lib/timeline/answer-timeline";

export const dynamic = "force-dynamic";

export const GET = catchProblems("timeline", async (request) => {
  const principal = await requirePrincipal(request);
  const question = await startQuestion(principal, new URL(request.url).searchParams);
  if (!request.headers.get("accept")?.includes("application/x-ndjson")) {
    return answerJson(await collectTimeline(principal, question, request.signal, () => currentPrincipal(request)));
  }
  return new Response(
    streamTimeline(principal, question, request.signal, () => currentPrincipal(request)),
    {
      headers: {
        "content-type": "application/x-ndjson",
        "cache-control": "private, no-store, no-transform",
        // A proxy that buffers would hold the first rows back until the last.
        "x-accel-buffering": "no",
        vary: "Accept, Cookie, Authorization",
      },
    },
  );
});
