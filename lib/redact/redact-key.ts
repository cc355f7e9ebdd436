/** A correlation key for one role: itself, its stand-in, or nothing. */
import { keyId, type CorrelationKey, type KeyKind } from "@/lib/domain/correlation-key";
import type { FieldClass } from "@/lib/domain/role";
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

/** Classes whose ids are no secret to anybody who may look over a shoulder: they may stand in an address. */
const OPEN_IN_ADDRESSES: ReadonlySet<FieldClass> = new Set(["business-id", "telemetry-id", "infrastructure"]);

/** The key as an address may name it: itself or its stand-in. Undefined when the role cannot ask for it. */
export function keyReference(key: CorrelationKey, context: RedactionContext): string | undefined {
  const fieldClass = context.classOfKey(key.kind);
  const treatment = context.base.treat(fieldClass);
  if (treatment === "show" && OPEN_IN_ADDRESSES.has(fieldClass)) return keyId(key);
  if (treatment !== "show" && treatment !== "mask" && treatment !== "pseudonym") return undefined;
  const name = keyId({ kind: key.kind, value: context.pseudonyms.pseudonym(key.kind, key.value) });
  context.givenOut.set(name, key);
  return name;
}

/** Whether keys of the kind are named by a stand-in in addresses. */
export function isOpaqueKind(kind: KeyKind, context: Pick<RedactionContext, "classOfKey">): boolean {
  return !OPEN_IN_ADDRESSES.has(context.classOfKey(kind));
}
