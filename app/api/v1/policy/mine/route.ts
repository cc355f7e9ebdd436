/** What the caller's role sees and does, in words. For everybody who is signed in. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { explainOwnPolicy } from "@/lib/access/explain-policy";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const GET = catchProblems("policy.mine", async (request) =>
  answerJson(await explainOwnPolicy(await requirePrincipal(request))),
);
