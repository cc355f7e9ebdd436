/** The connected sources, provisioned and of the page; a new one. Credentials go in and never come out. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { createSource, listSources } from "@/lib/access/manage-sources";
import { SourceDraft } from "@/lib/contract/source";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const GET = catchProblems("sources.list", async (request) =>
  answerJson(await listSources(await requirePrincipal(request))),
);

export const POST = catchProblems("sources.create", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await createSource(principal, await readJson(request, SourceDraft)), 201);
});
