/** One try of one source request: send, read, and name what happened. Retry, breaker and queue are the caller's. */
import "server-only";
import { type Dispatcher, request } from "undici";
import { readCappedBody } from "./read-capped-body";
import type { SourceHttpFailureKind } from "./source-http";

export interface SourceAttempt {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly maxBytes: number;
}

export type SourceAttemptResult =
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers: Record<string, string>;
      readonly text: string;
      readonly bytes: number;
    }
  | {
      readonly ok: false;
      readonly kind: Exclude<SourceHttpFailureKind, "aborted" | "busy">;
      readonly status?: number;
      readonly headers?: Record<string, string>;
      readonly text?: string;
      /** No byte of an answer was seen, or the status asks to come back. */
      readonly mayRetry: boolean;
    };

const ERROR_TEXT_BYTES = 4096;
/** An error body is a courtesy. It gets little time, so that a drip of one cannot hold a slot until the deadline. */
const ERROR_TEXT_MS = 500;
const RETRY_STATUS = new Set([429, 502, 503, 504]);
const RETRY_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "EAI_AGAIN"]);
const TIMEOUT_CODES = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "ETIMEDOUT",
]);

/**
 * Never rejects. When `stop` fires the result is `timeout`; the caller knows whether it was the deadline or the asker.
 */
export async function attemptSource(
  attempt: SourceAttempt,
  dispatcher: Dispatcher,
  stop: AbortSignal,
): Promise<SourceAttemptResult> {
  const { url, method, headers, body, maxBytes } = attempt;
  let response: Dispatcher.ResponseData;
  try {
    response = await request(url, {
      dispatcher,
      method,
      headers,
      body: body ?? null,
      signal: stop,
      // Idle timers never fire on a slow drip, and the wall clock in `stop` covers the rest.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  } catch (error) {
    return beforeResponse(error, stop);
  }
  const status = response.statusCode;
  const received = flatHeaders(response.headers);
  if (status >= 300) return errorAnswer(status, received, response.body);
  const read = await readCappedBody(response.body, received["content-encoding"], maxBytes);
  if (read.end === "complete") return { ok: true, status, headers: received, text: read.text, bytes: read.bytes };
  return { ok: false, kind: stop.aborted ? "timeout" : read.end, status, headers: received, mayRetry: false };
}

function beforeResponse(error: unknown, stop: AbortSignal): SourceAttemptResult {
  if (stop.aborted) return { ok: false, kind: "timeout", mayRetry: false };
  const code = codeOf(error);
  if (TIMEOUT_CODES.has(code)) return { ok: false, kind: "timeout", mayRetry: false };
  // Something answered, but not in HTTP.
  if (code.startsWith("HPE_")) return { ok: false, kind: "cut-off", mayRetry: false };
  return { ok: false, kind: "refused", mayRetry: RETRY_CODES.has(code) };
}

async function errorAnswer(
  status: number,
  headers: Record<string, string>,
  body: Dispatcher.ResponseData["body"],
): Promise<SourceAttemptResult> {
  const timer = setTimeout(() => body.destroy(), ERROR_TEXT_MS);
  const { text } = await readCappedBody(body, headers["content-encoding"], ERROR_TEXT_BYTES);
  clearTimeout(timer);
  // A redirect would carry our credentials to whoever wrote the Location header: it is never followed.
  const kind = status < 400 ? "refused" : "status";
  return { ok: false, kind, status, headers, text, mayRetry: RETRY_STATUS.has(status) };
}

/** Happy-eyeballs failures arrive as an AggregateError that carries the code of the first. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function flatHeaders(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}
