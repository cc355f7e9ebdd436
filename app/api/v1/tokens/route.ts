/** The caller's own API tokens: list, and create (the text is answered once). */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { NewApiToken } from "@/lib/contract/api-token";
import { issueOwnToken, listOwnTokens } from "@/lib/identity/own-tokens";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const GET = catchProblems("tokens.list", async (request) =>
  answerJson(await listOwnTokens(await requirePrincipal(request))),
);

export const POST = catchProblems("tokens.issue", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await issueOwnToken(principal, await readJson(request, NewApiToken)), 201);
});
