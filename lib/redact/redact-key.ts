/** A correlation key for one role: itself, its pseudonym, or nothing. */
import type { CorrelationKey } from "@/lib/domain/correlation-key";
import { classOfKeyKind } from "./field-catalog";
import type { RedactionContext } from "./redaction-context";

/** Undefined when the role may not read keys of the kind. */
export function redactKey(key: CorrelationKey, context: RedactionContext): CorrelationKey | undefined {
  const treatment = context.treat(classOfKeyKind(key.kind));
  if (treatment === "show") return key;
  if (treatment === "pseudonym") {
    return { kind: key.kind, value: context.pseudonyms.pseudonym(key.kind, key.value) };
  }
  return undefined;
}
