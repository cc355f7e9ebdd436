/** `POST /api/v1/timeline/export`: the timeline as a Markdown, CSV or JSON file. */
import { answerFile } from "@/app/api/answer-file";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { TimelineExport } from "@/lib/contract/timeline-export";
import { currentPrincipal, requirePrincipal } from "@/lib/identity/require-principal";
import { exportTimeline } from "@/lib/timeline/export-timeline";

export const dynamic = "force-dynamic";

export const POST = catchProblems("timeline.export", async (request) => {
  const principal = await requirePrincipal(request);
  const wish = await readJson(request, TimelineExport);
  return answerFile(await exportTimeline(principal, wish, request.signal, () => currentPrincipal(request)));
});
