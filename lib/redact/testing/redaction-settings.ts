/** What redaction gets from an installation, for tests: built-in key rules, fixed keys. */
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import type { FieldClass } from "@/lib/domain/role";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { compileFieldCatalog } from "../field-catalog";
import { createPseudonymizer } from "../pseudonym";
import type { RedactionSettings } from "../redaction-context";

const keyRules = compileKeyRules(builtInKeyRules());

export function redactionSettings(fields: Readonly<Record<string, FieldClass>> = {}): RedactionSettings {
  return {
    fields: compileFieldCatalog(fields, keyRules),
    keyRules,
    pseudonyms: createPseudonymizer(Buffer.alloc(32, 1)),
    idKey: Buffer.alloc(32, 2),
    displayName: () => "a service",
    isTeam: (name) => name === "Orders team",
  };
}
