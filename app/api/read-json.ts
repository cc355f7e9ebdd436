/** Reads a small JSON body of our own pages and scripts, checked by its schema. */
import type { z } from "zod";
import { ProblemError } from "@/lib/platform/problem-error";

const MAX_BYTES = 64 * 1024;

/**
 * Throws `ProblemError("bad-request")`, naming the first wrong field and what our schema expected, never repeating what was
 * sent.
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  maxBytes = MAX_BYTES,
): Promise<z.infer<Schema>> {
  // A form of another site cannot send this content type without asking first (CORS).
  if (!/^application\/json(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new ProblemError("bad-request", { detail: "Expected a JSON body." });
  }
  const parsed = schema.safeParse(parseJson(await readBody(request, maxBytes)));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".");
  throw new ProblemError("bad-request", { detail: expectation(issue?.message), ...(field && { field }) });
}

/** Our own schemas say `expected …`; what zod says by itself is not meant for readers. */
function expectation(message: string | undefined): string {
  return message?.startsWith("expected ") ? `E${message.slice(1)}.` : "The body is not as described.";
}

/** The body as text. Throws `ProblemError("bad-request")` above `maxBytes`. */
export async function readBody(request: Request, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new ProblemError("bad-request", { detail: "The body is too large." });
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
