/** How often people needed more than their role reads, this month. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { accessCountsOf } from "@/lib/access/count-access";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const GET = catchProblems("reveals.count", async (request) =>
  answerJson(await accessCountsOf(await requirePrincipal(request), new Date())),
);
