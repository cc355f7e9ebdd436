/** Break-glass: what was asked for, and asking for it. `?key=…` as for the timeline: of that incident only. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { askReveal } from "@/lib/access/reveals";
import { NewReveal } from "@/lib/contract/reveal";
import { currentPrincipal, requirePrincipal } from "@/lib/identity/require-principal";
import { askedIncident } from "@/lib/timeline/incident-of";
import { listReveals } from "@/lib/timeline/reveal-views";

export const dynamic = "force-dynamic";

/** Pages ask this by themselves, again and again: a page left open must not keep its session from ending. */
export const GET = catchProblems("reveals.list", async (request) => {
  const principal = await currentPrincipal(request);
  return answerJson(await listReveals(principal, new URL(request.url).searchParams.getAll("key"), new Date()));
});

export const POST = catchProblems("reveals.ask", async (request) => {
  const principal = await requirePrincipal(request);
  const { keys, ...wish } = await readJson(request, NewReveal);
  const { id, needsSecond } = await askReveal(principal, await askedIncident(principal, keys), wish, new Date());
  return answerJson({ id, state: needsSecond ? "waiting" : "in-force" }, 201);
});
