/**
 * The typed ids that join evidence: `order:48192`, `trace:4bf9…`, `account:acct_2077`.
 * `trace` values are always 32 lower-case hex digits (see `lib/normalize/trace-id.ts`).
 */
import { z } from "zod";

export const KeyKind = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, "expected a lower-case word such as `order`");
export type KeyKind = string;

export const MAX_KEY_VALUE_LENGTH = 256;

export interface CorrelationKey {
  readonly kind: KeyKind;
  readonly value: string;
}

/**
 * `service:order-service`, by canonical name: a question about a service and a window. It joins nothing: what happened
 * around the service is context, and only an id in a row leads further.
 */
export const SERVICE_KIND = "service";

/** `kind:value`, unique per key. Used as map key, in URLs and in the API. */
export type KeyId = `${string}:${string}`;

export function keyId(key: CorrelationKey): KeyId {
  return `${key.kind}:${key.value}`;
}

/** Splits `kind:value` at the first colon. Returns undefined when either side is empty or the kind is not a word. */
export function parseKeyId(text: string): CorrelationKey | undefined {
  const colon = text.indexOf(":");
  if (colon <= 0) return undefined;
  const kind = text.slice(0, colon).trim().toLowerCase();
  const value = text.slice(colon + 1).trim();
  if (!KeyKind.safeParse(kind).success || value === "" || value.length > MAX_KEY_VALUE_LENGTH) return undefined;
  return { kind, value };
}
