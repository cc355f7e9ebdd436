/** The policy in force with its history, and publishing another one. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { publishPolicy, readPolicy } from "@/lib/access/manage-policy";
import { MAX_POLICY_BYTES, NewPolicy } from "@/lib/contract/policy";
import { requirePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";

export const GET = catchProblems("policy.read", async (request) =>
  answerJson(await readPolicy(await requirePrincipal(request))),
);

export const POST = catchProblems("policy.publish", async (request) => {
  const principal = await requirePrincipal(request);
  return answerJson(await publishPolicy(principal, await readJson(request, NewPolicy, MAX_POLICY_BYTES)), 201);
});
