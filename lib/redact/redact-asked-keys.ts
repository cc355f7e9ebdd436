/** What an incident was asked by, as somebody reads such ids who did not ask it themselves. */
import { keyId, parseKeyId } from "@/lib/domain/correlation-key";
import { keyReference, redactKey } from "./redact-key";
import type { RedactionContext } from "./redaction-context";

/** `kind:value` each, or `kind:(asked)` where the role does not read ids of the kind. Keeps the order. */
export function redactAskedKeys(keys: readonly string[], context: RedactionContext): string[] {
  return keys.flatMap((text) => {
    const key = parseKeyId(text);
    if (!key) return [];
    const readable = redactKey(key, context);
    return [readable ? keyId(readable) : `${key.kind}:(asked)`];
  });
}

/** The same as an address may name them. Null when the role cannot ask by all of them: a part is another incident. */
export function askedKeyReferences(keys: readonly string[], context: RedactionContext): string[] | null {
  const references = keys.map((text) => {
    const key = parseKeyId(text);
    return key && keyReference(key, context);
  });
  return references.every((one) => one !== undefined) ? references : null;
}
