/** A correlation key for one role: itself, its stand-in, or nothing. */
import { keyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import type { ClassTable } from "./class-table";
import type { RedactionContext } from "./redaction-context";

/** Undefined when the role may not read keys of the kind. `table`: of the row that carries it. */
export function redactKey(
  key: CorrelationKey,
  context: RedactionContext,
  table: ClassTable = context.base,
): CorrelationKey | undefined {
  const treatment = table.treat(context.classOfKey(key.kind));
  if (treatment === "show") return key;
  if (treatment !== "pseudonym" && treatment !== "incident-pseudonym") return undefined;
  const shown = { kind: key.kind, value: context.standIn(key.kind, key.value, treatment) };
  if (treatment === "pseudonym") context.givenOut.set(keyId(shown), key);
  return shown;
}
