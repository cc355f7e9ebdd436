/** The OpenAPI document of the public API, generated from the zod contract. Holds nothing that is not in the docs. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { openApiDocument } from "@/lib/contract/openapi-document";

export const dynamic = "force-dynamic";

export const GET = catchProblems("openapi", async (request) => {
  await requirePrincipal(request);
  return answerJson(openApiDocument());
});
