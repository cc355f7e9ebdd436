/** A link by which one episode is judged without signing in: one's own, or for who administers somebody's. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { createVerdictLink } from "@/lib/alerts/verdict-links";
import { NewVerdictLink } from "@/lib/contract/alerts";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const POST = catchProblems("alerts.verdict-link", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await createVerdictLink(principal, await readJson(request, NewVerdictLink)), 201);
});
