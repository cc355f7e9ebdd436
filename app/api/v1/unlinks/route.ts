/** Takes a row or an id out of an incident, for everybody who asks by the same keys. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { NewUnlink } from "@/lib/contract/unlink";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { unlink } from "@/lib/timeline/unlinks";

export const dynamic = "force-dynamic";

export const POST = catchProblems("unlinks.create", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await unlink(principal, await readJson(request, NewUnlink)), 201);
});
