/** Everything a redaction decision needs. Built per request by `lib/timeline`; pure data and pure look-ups. */
import { hash } from "node:crypto";
import type { KeyId } from "@/lib/domain/correlation-key";
import type { FieldClass, Role, Treatment } from "@/lib/domain/role";
import type { CompiledKeyRules } from "@/lib/normalize/compile-key-rules";
import type { FieldCatalog } from "./field-catalog";
import { treatmentFor, type PolicyTable } from "./policy";
import type { Pseudonymizer } from "./pseudonym";

export interface RedactionSettings {
  readonly policy: PolicyTable;
  readonly fields: FieldCatalog;
  readonly keyRules: CompiledKeyRules;
  readonly pseudonyms: Pseudonymizer;
  /** Keys public row ids, so that nobody can test a guess of hidden text by its hash. */
  readonly idKey: Buffer;
  /** What a role without infrastructure reads for a canonical service name. */
  readonly displayName: (canonicalName: string) => string;
}

export interface RedactionContext extends RedactionSettings {
  readonly role: Role;
  treat(fieldClass: FieldClass): Treatment;
  /** True when the role reads host, version and source names as they are. */
  readonly seesInfrastructure: boolean;
  publicId(factId: string): string;
  /** A canonical service name as the role reads it. */
  serviceName(canonicalName: string): string;
  /** Keys that may appear beside rows; set anew for every stitched state. */
  listedKeys: ReadonlySet<KeyId>;
}

export function createRedactionContext(settings: RedactionSettings, role: Role): RedactionContext {
  const treat = (fieldClass: FieldClass) => treatmentFor(settings.policy, fieldClass, role);
  const publicIds = new Map<string, string>();
  const salt = settings.idKey.toString("base64");
  const seesInfrastructure = treat("infrastructure") === "show";
  return {
    ...settings,
    role,
    treat,
    seesInfrastructure,
    serviceName: (name) => (seesInfrastructure ? name : settings.displayName(name)),
    listedKeys: new Set(),
    publicId(factId) {
      let known = publicIds.get(factId);
      if (known === undefined) {
        known = hash("sha256", salt + factId, "base64url").slice(0, 16);
        publicIds.set(factId, known);
      }
      return known;
    },
  };
}
