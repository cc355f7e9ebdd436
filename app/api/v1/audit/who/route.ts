/** Who was shown the data of one subject. A reading; the subject is in the body, so that it stands in no address. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { whoSaw } from "@/lib/access/read-audit";
import { WhoSawWish } from "@/lib/contract/audit";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const POST = catchProblems("audit.who", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await whoSaw(principal, await readJson(request, WhoSawWish)));
});
