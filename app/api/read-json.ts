/** Reads a small JSON body of our own pages and scripts, checked by its schema. */
import type { z } from "zod";
import { ProblemError } from "@/lib/platform/problem-error";

const MAX_BYTES = 64 * 1024;

/** Throws `ProblemError("bad-request")`, naming the first wrong field, never repeating what was sent. */
export async function readJson<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.infer<Schema>> {
  // A form of another site cannot send this content type without asking first (CORS).
  if (!/^application\/json(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new ProblemError("bad-request", { detail: "Expected a JSON body." });
  }
  const parsed = schema.safeParse(parseJson(await readText(request)));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".");
  throw new ProblemError("bad-request", { detail: "The body is not as described.", ...(field && { field }) });
}

async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new ProblemError("bad-request", { detail: "The body is too large." });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError("bad-request", { detail: "Expected a JSON body." });
  }
}
