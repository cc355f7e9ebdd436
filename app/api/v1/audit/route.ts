/** `GET /api/v1/audit?actor=&action=&incident=&subject=&from=&to=&cursor=`: the audit trail, newest first. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readAudit } from "@/lib/access/read-audit";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const GET = catchProblems("audit", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await readAudit(principal, new URL(request.url).searchParams));
});
