/** The bytes of a call, capped as sent and as unpacked. */
import "server-only";
import { gunzipSync } from "node:zlib";
import { ProblemError } from "@/lib/platform/problem-error";

export const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** Of a body, whole. Senders give up after 1 to 30 seconds themselves. */
const READ_MS = 15_000;

/**
 * Throws `ProblemError`: `too-large`, or `bad-request` when it ended early or came too slowly: who sent it will send it again.
 */
export async function readRawBody(request: Request, readMs = READ_MS): Promise<Buffer> {
  const announced = Number(request.headers.get("content-length") ?? Number.NaN);
  if (announced > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  // Cancelled, a stream ends as if it had been read.
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    reader?.cancel().catch(() => undefined);
  }, readMs);
  try {
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
      bytes += part.value.byteLength;
      if (bytes > MAX_BODY_BYTES) throw tooLarge();
      chunks.push(part.value);
    }
  } catch (cause) {
    throw cause instanceof ProblemError ? cause : cutOff(cause);
  } finally {
    clearTimeout(timer);
  }
  if (isLate) throw cutOff(undefined);
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
