/** The one mapper from what was thrown to an RFC 9457 problem document. What is unknown answers an id and no text. */
import type { Problem } from "@/lib/contract/problem";
import { ProblemError, type ProblemCode } from "@/lib/platform/problem-error";
import { reportError } from "@/lib/platform/report-error";
import { answerJson } from "./answer-json";

const PROBLEMS = {
  "bad-request": { status: 400, title: "Bad request" },
  unauthenticated: { status: 401, title: "Unauthenticated" },
  forbidden: { status: 403, title: "Forbidden" },
  "step-up-required": { status: 403, title: "Sign in again first" },
  "not-found": { status: 404, title: "Not found" },
  conflict: { status: 409, title: "Conflict" },
  "too-large": { status: 413, title: "Too large" },
  "rate-limited": { status: 429, title: "Too many requests" },
  overloaded: { status: 503, title: "Overloaded" },
  internal: { status: 500, title: "Internal error" },
} as const satisfies Record<ProblemCode & Problem["code"], { status: number; title: string }>;

type Handler<Context> = (request: Request, context: Context) => Promise<Response>;

/** Wraps a route handler, so that it may throw `ProblemError` anywhere below. */
export function catchProblems<Context>(area: string, handler: Handler<Context>): Handler<Context> {
  return async (request, context) => {
    try {
      return await handler(request, context);
    } catch (error) {
      return answerProblem(error, area, request.headers.get("x-request-id") ?? crypto.randomUUID());
    }
  };
}

function answerProblem(error: unknown, area: string, requestId: string): Response {
  const problem = error instanceof ProblemError ? error : new ProblemError("internal");
  if (problem.code === "internal") reportError(error, { area, expected: false, requestId });
  const { status, title } = PROBLEMS[problem.code];
  const document: Problem = {
    type: "about:blank",
    title,
    status,
    code: problem.code,
    requestId,
    ...(problem.detail !== undefined && { detail: problem.detail }),
    ...(problem.field !== undefined && { field: problem.field }),
  };
  const response = answerJson(document, status, "application/problem+json");
  if (problem.code === "unauthenticated") response.headers.set("www-authenticate", "Bearer");
  const { retryAfterSeconds } = problem;
  if (retryAfterSeconds !== undefined) response.headers.set("retry-after", String(retryAfterSeconds));
  else if (problem.code === "overloaded") response.headers.set("retry-after", "5");
  return response;
}
