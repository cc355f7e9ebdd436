/** The OpenAPI document of the public API, generated from the zod contract. Holds nothing that is not in the docs. */
import { answerJson } from "@/app/api/answer-json";
import { openApiDocument } from "@/lib/contract/openapi-document";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return answerJson(openApiDocument());
}
