/** Gives somebody a part to see: some services or one incident, until a date. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { grantAccess } from "@/lib/access/grants";
import { requireAbility } from "@/lib/access/resolve-access";
import { NewGrant } from "@/lib/contract/person";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { grantWish } from "@/lib/timeline/grant-wish";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ userId: string }>;
}

export const POST = catchProblems("grants.create", async (request, { params }: Context) => {
  const principal = await requirePrincipal(request);
  await requireAbility(principal, "administer");
  const wish = await grantWish(principal, await readJson(request, NewGrant));
  const { id } = await grantAccess(principal, (await params).userId, wish, new Date());
  return answerJson({ id }, 201);
});
