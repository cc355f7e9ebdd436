/** Changes or removes a source that was connected on the page. Both name the version they were made from. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { changeSource, removeSource } from "@/lib/access/manage-sources";
import { SourceChange } from "@/lib/contract/source";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ sourceId: string }>;
}

export const PUT = catchProblems("sources.change", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const change = await readJson(request, SourceChange);
  return answerJson(await changeSource(principal, (await params).sourceId, change));
});

export const DELETE = catchProblems("sources.remove", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  const version = Number(new URL(request.url).searchParams.get("version"));
  await removeSource(principal, (await params).sourceId, version);
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
