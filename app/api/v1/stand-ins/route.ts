/** How a key is named in addresses. Stores only what stands behind the name, sealed. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { StandInWish } from "@/lib/contract/stand-in";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { standInFor } from "@/lib/timeline/stand-ins";

export const dynamic = "force-dynamic";

export const POST = catchProblems("stand-ins", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await standInFor(principal, (await readJson(request, StandInWish)).key));
});
