/** Another one-time link for somebody who did not use theirs, or forgot the password. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { inviteAgain } from "@/lib/access/people";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ userId: string }>;
}

export const POST = catchProblems("people.invite-again", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  return answerJson(await inviteAgain(principal, (await params).userId, new Date()), 201);
});
