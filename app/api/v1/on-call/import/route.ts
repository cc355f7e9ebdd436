/**
 * A CSV file of an on-call tool: `?what=pages|shifts|people`, `source=` the hook that the tool also tells through, `check=1`
 * to write nothing.
 */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readBody } from "@/app/api/read-json";
import { importOnCall } from "@/lib/alerts/import-on-call";
import { ImportKind } from "@/lib/contract/on-call";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { ProblemError } from "@/lib/platform/problem-error";

export const dynamic = "force-dynamic";

const MAX_BYTES = 5 * 1024 * 1024;

export const POST = catchProblems("on-call.import", async (request) => {
  const principal = await requirePrincipal(request);
  const asked = new URL(request.url).searchParams;
  const what = ImportKind.safeParse(asked.get("what"));
  if (!what.success)
    throw new ProblemError("bad-request", { field: "what", detail: "Expected pages, shifts or people." });
  // A form of another site cannot send this content type without asking first (CORS).
  if (!/^text\/csv(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new ProblemError("bad-request", { detail: "Expected a CSV body." });
  }
  const text = await readBody(request, MAX_BYTES);
  const wish = { what: what.data, hook: asked.get("source") ?? undefined, text, checkOnly: asked.get("check") === "1" };
  return answerJson(await importOnCall(principal, wish));
});
