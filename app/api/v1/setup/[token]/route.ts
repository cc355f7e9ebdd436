/** Uses a one-time link. Its holder is a stranger so far: the token in the path is what they prove themselves with. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { SetupForm } from "@/lib/contract/setup";
import { setUp } from "@/lib/identity/redeem-setup-link";
import { requireSameOrigin } from "@/lib/identity/require-same-origin";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ token: string }>;
}

export const POST = catchProblems("setup", async (request, { params }: Context) => {
  requireSameOrigin(request);
  const { token } = await params;
  return answerJson(await setUp(token, await readJson(request, SetupForm)), 201);
});
