/**
 * Whether a call to a hook comes from who knows its secret. Over the bytes as they came, before anything is parsed. A replay of
 * an old call passes, which is why deliveries are idempotent. Pure.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { AlertHook } from "@/lib/domain/alert-hook";

const SIGNATURE_HEADERS = {
  grafana: "x-grafana-alerting-signature",
  sentry: "sentry-hook-signature",
  alertmanager: "x-throughline-signature",
  oncall: "x-throughline-signature",
} as const;
/** What Grafana's own form suggests. */
const TIMESTAMP_HEADER = "x-grafana-alerting-timestamp";
const FRESH_SECONDS = 300;

/** False as well for what only the body can prove. */
export function headersProve(hook: AlertHook, headers: Headers): boolean {
  const [, scheme = "", credentials = ""] = /^(\S+)\s+(.*)$/.exec(headers.get("authorization") ?? "") ?? [];
  switch (hook.auth) {
    case "bearer":
      return scheme.toLowerCase() === "bearer" && isAnyOf(credentials, hook.secrets);
    case "basic": {
      const pairs = hook.secrets.map((secret) => `${hook.username}:${secret}`);
      return scheme.toLowerCase() === "basic" && isAnyOf(Buffer.from(credentials, "base64").toString("utf8"), pairs);
    }
    case "hmac":
      return false;
  }
}

/** `body`: as it was sent, still encoded. */
export function signatureProves(hook: AlertHook, headers: Headers, body: Uint8Array, now: Date): boolean {
  if (hook.auth !== "hmac") return false;
  const given = headers.get(SIGNATURE_HEADERS[hook.kind]) ?? "";
  const timestamp = headers.get(hook.timestampHeader ?? TIMESTAMP_HEADER);
  if (timestamp === null && hook.timestampHeader !== undefined) return false;
  if (timestamp !== null && !isFresh(timestamp, now)) return false;
  const prefix = timestamp === null ? "" : `${timestamp}:`;
  const expected = hook.secrets.map((secret) => createHmac("sha256", secret).update(prefix).update(body).digest("hex"));
  return isAnyOf(given, expected);
}

function isFresh(timestamp: string, now: Date): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= FRESH_SECONDS;
}

/** Takes as long for a wrong one as for a right one, whatever their lengths. */
function isAnyOf(given: string, expected: readonly string[]): boolean {
  const digest = digestOf(given);
  return expected.map((one) => timingSafeEqual(digest, digestOf(one))).some(Boolean);
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
