/** The bytes of a call, capped as sent and as unpacked. */
import "server-only";
import { gunzipSync } from "node:zlib";
import { ProblemError } from "@/lib/platform/problem-error";

export const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** Throws `ProblemError`: `too-large`, or `bad-request` when it ended early: who sent it will send it again. */
export async function readRawBody(request: Request): Promise<Buffer> {
  const announced = Number(request.headers.get("content-length") ?? Number.NaN);
  if (announced > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > MAX_BODY_BYTES) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (cause) {
    throw cause instanceof ProblemError ? cause : cutOff(cause);
  }
  if (announced > bytes) throw cutOff(undefined);
  return Buffer.concat(chunks);
}

/** Throws as above. */
export function unpacked(body: Buffer, encoding: string | null): Buffer {
  const name = encoding?.trim().toLowerCase() ?? "";
  if (name === "" || name === "identity") return body;
  if (name !== "gzip" && name !== "x-gzip") {
    throw new ProblemError("bad-request", { field: "content-encoding", detail: "Expected gzip or no encoding." });
  }
  try {
    return gunzipSync(body, { maxOutputLength: MAX_BODY_BYTES });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge();
    throw new ProblemError("bad-request", { field: "body", detail: "The body is not readable as gzip.", cause });
  }
}

function tooLarge(): ProblemError {
  return new ProblemError("too-large", { field: "body", detail: "Expected at most 5 MB." });
}

function cutOff(cause: unknown): ProblemError {
  return new ProblemError("bad-request", { field: "body", detail: "The body ended early.", cause });
}
