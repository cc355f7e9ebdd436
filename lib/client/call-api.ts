/** One call of our own API from a page: the JSON body, or why not in words that may be shown. */
import { Problem } from "@/lib/contract/problem";

/** What may be shown: our own words for the problem's code. */
export class CallFailed extends Error {
  constructor(
    readonly code: string,
    readonly detail?: string,
    /** Which field of the request is wrong. */
    readonly field?: string,
  ) {
    super(code);
  }
}

/** Undefined for an answer without a body. Throws `CallFailed`; what the network throws passes. */
export async function callApi(path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(path, init);
  if (response.ok) return response.status === 204 ? undefined : response.json();
  throw await failureOf(response);
}

/** The same for an answer that is a file. */
export async function callForFile(path: string, init: RequestInit): Promise<{ name: string; content: Blob }> {
  const response = await fetch(path, init);
  if (!response.ok) throw await failureOf(response);
  const name = /filename="([\w.-]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  return { name: name ?? "timeline", content: await response.blob() };
}

async function failureOf(response: Response): Promise<CallFailed> {
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  if (!problem.success) return new CallFailed(`http-${String(response.status)}`);
  return new CallFailed(problem.data.code, problem.data.detail, problem.data.field);
}

/** A change with a JSON body. */
export function jsonRequest(method: "POST" | "PUT" | "PATCH", body: unknown): RequestInit {
  return { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

/** Only our own words for a problem pass; everything else is told by its code. */
export function failureText(error: Error): string {
  if (error instanceof CallFailed && error.detail !== undefined) return error.detail;
  if (error instanceof CallFailed && error.code === "unauthenticated") return "You are signed out. Sign in again.";
  return "That did not work. Try again in a moment.";
}
