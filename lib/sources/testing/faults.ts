/** Every way in which a backend fails in the tests, and the gap an adapter must make of it. */
import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { GapReason } from "@/lib/domain/evidence-gap";

/** Stands in each hostile byte a fault sends. Found in a gap, event or log, it proves that upstream text leaked. */
export const CANARY = "zqcanary7f3a";

export interface FaultContext {
  readonly response: ServerResponse;
  /** The good answer, for faults that spoil it halfway. */
  readonly answer: { readonly body: string };
  /** Requests before this one. */
  readonly earlier: number;
  readonly answerWell: () => void;
}

export interface FaultCase {
  readonly gap: GapReason;
  readonly answer: (context: FaultContext) => void;
}

const HTML = `<!doctype html><title>${CANARY}</title><form action="/login">${CANARY}</form>`;
const DRIP_EVERY_MS = 20;
/** 8 MiB of blanks in 8 KiB. Made once, so that no test pays for it out of its budget. */
const BOMB = gzipSync(Buffer.alloc(8 * 1024 * 1024, " "));

function status(code: number, gap: GapReason, headers: Record<string, string> = {}): FaultCase {
  return {
    gap,
    answer: ({ response }) => send(response, code, headers, JSON.stringify({ error: CANARY, message: CANARY })),
  };
}

function page(code: number, gap: GapReason, contentType: string, body: string): FaultCase {
  return { gap, answer: ({ response }) => send(response, code, { "content-type": contentType }, body) };
}

function json(body: string): FaultCase {
  return page(200, "bad-response", "application/json", body);
}

function send(response: ServerResponse, code: number, headers: Record<string, string>, body: string | Buffer): void {
  response.writeHead(code, `Status ${CANARY}`, { "content-type": "application/json", "x-error": CANARY, ...headers });
  response.end(body);
}

/** Promises the whole body and sends half of it. */
function sendHalf({ response, answer }: FaultContext): void {
  const body = Buffer.from(answer.body.padStart(4000));
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
  response.write(body.subarray(0, body.length / 2));
}

/** JSON allows leading blanks, so the good answer stays good however slowly it comes. */
function drip({ response, answer }: FaultContext): void {
  const body = Buffer.from(answer.body.padStart(4000));
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
  let at = 0;
  const timer = setInterval(() => response.write(body.subarray(at, (at += 1))), DRIP_EVERY_MS);
  response.on("close", () => clearInterval(timer));
}

function gzipped({ response }: FaultContext, body: Buffer): void {
  response.writeHead(200, {
    "content-type": "application/json",
    "content-encoding": "gzip",
    "content-length": body.length,
  });
  response.end(body);
}

export const FAULTS = {
  refuse: { gap: "refused", answer: () => undefined },
  "reset-before-answer": { gap: "refused", answer: ({ response }) => response.socket?.resetAndDestroy() },
  "accept-no-headers": { gap: "timeout", answer: () => undefined },
  "hang-mid-body": { gap: "timeout", answer: sendHalf },
  drip: { gap: "timeout", answer: drip },
  "status-400": status(400, "rejected"),
  "status-401": status(401, "denied"),
  "status-403": status(403, "denied"),
  "status-404": status(404, "bad-response"),
  "status-413": status(413, "rejected"),
  "status-422": status(422, "rejected"),
  "status-429": status(429, "rate-limited"),
  "status-429-seconds": status(429, "rate-limited", { "retry-after": "3600" }),
  "status-429-date": status(429, "rate-limited", { "retry-after": "Fri, 31 Dec 2999 23:59:59 GMT" }),
  "status-429-absurd": status(429, "rate-limited", { "retry-after": "-5; soon" }),
  "status-500": status(500, "refused"),
  /** Fails the first request of the server's life only. */
  "status-500-once": {
    gap: "refused",
    answer: (context) => (context.earlier === 0 ? send(context.response, 500, {}, CANARY) : context.answerWell()),
  },
  "status-503-once": {
    gap: "refused",
    answer: (context) => (context.earlier === 0 ? send(context.response, 503, {}, CANARY) : context.answerWell()),
  },
  "status-502-html": page(502, "refused", "text/html", HTML),
  "status-503": status(503, "refused"),
  redirect: status(302, "refused", { location: `http://127.0.0.1:1/${CANARY}` }),
  "login-page": page(200, "bad-response", "text/html", HTML),
  "wrong-content-type": page(200, "bad-response", "text/plain", CANARY),
  "invalid-json": json(`{"status":"success","data":{"${CANARY}":`),
  "empty-body": json(""),
  "json-null": json("null"),
  "wrong-shape": json(JSON.stringify({ [CANARY]: { unexpected: CANARY } })),
  "truncated-gzip": {
    gap: "truncated",
    answer: (context) => {
      const whole = gzipSync(context.answer.body.padStart(4000));
      gzipped(context, whole.subarray(0, whole.length - 12));
    },
  },
  "broken-gzip": { gap: "truncated", answer: (context) => gzipped(context, Buffer.from(CANARY)) },
  "early-close": {
    gap: "truncated",
    answer: (context) => {
      sendHalf(context);
      // The client must have the headers first, otherwise this is a reset before the answer.
      setTimeout(() => context.response.socket?.destroy(), DRIP_EVERY_MS);
    },
  },
  "gzip-bomb": {
    gap: "truncated",
    answer: (context) => gzipped(context, BOMB),
  },
} satisfies Record<string, FaultCase>;

export type Fault = keyof typeof FAULTS;
