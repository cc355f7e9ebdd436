/** Months with their reviews. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { listReviews } from "@/lib/reports/read-review";

export const dynamic = "force-dynamic";

export const GET = catchProblems("reviews.list", async (request) =>
  answerJson(await listReviews(await requirePrincipal(request))),
);
