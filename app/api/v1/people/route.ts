/** Everybody who may sign in, for admins; and adding somebody. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { invitePerson, listPeople } from "@/lib/access/people";
import { NewPersonForm } from "@/lib/contract/person";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const GET = catchProblems("people.list", async (request) => {
  const principal = await requirePrincipal(request);
  const filter = new URL(request.url).searchParams.get("filter") ?? "";
  return answerJson(await listPeople(principal, filter, new Date()));
});

export const POST = catchProblems("people.invite", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await invitePerson(principal, await readJson(request, NewPersonForm), new Date()), 201);
});
