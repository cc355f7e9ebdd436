/** Name, roles, teams and standing of one person. */
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { changePerson } from "@/lib/access/people";
import { PersonChange } from "@/lib/contract/person";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ userId: string }>;
}

export const PATCH = catchProblems("people.change", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  await changePerson(principal, (await params).userId, await readJson(request, PersonChange), new Date());
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
