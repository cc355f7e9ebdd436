/** Everything a redaction decision needs. Built per request by `lib/timeline`; pure data and pure look-ups. */
import { hash } from "node:crypto";
import type { Access } from "@/lib/domain/access";
import type { CorrelationKey, KeyId, KeyKind } from "@/lib/domain/correlation-key";
import type { FieldClass, Role, Treatment } from "@/lib/domain/role";
import type { RowService } from "@/lib/domain/stitched-timeline";
import type { CompiledKeyRules } from "@/lib/normalize/compile-key-rules";
import { compileClassTable, type ClassTable } from "./class-table";
import { classOfKeyKind, type FieldCatalog } from "./field-catalog";
import type { Pseudonymizer } from "./pseudonym";
import { scrubText, type ScrubOptions } from "./scrub-text";
import { protectKeyIds } from "./scrub/protected-ids";
import { owns, rowAccess, seesEveryRow, type RowAccess, type ScopedRow } from "./row-access";

export interface RedactionSettings {
  readonly fields: FieldCatalog;
  readonly keyRules: CompiledKeyRules;
  readonly pseudonyms: Pseudonymizer;
  /** Keys public row ids, so that nobody can test a guess of hidden text by its hash. */
  readonly idKey: Buffer;
  /** What a role without infrastructure reads for a canonical service name. */
  readonly displayName: (canonicalName: string) => string;
  /** Whether somebody wrote a team of this name down: what stands in evidence may be a person. */
  readonly isTeam: (name: string) => boolean;
}

export interface RedactionContext extends RedactionSettings {
  readonly access: Access;
  readonly role: Role;
  /** For what belongs to no row: nothing is in anybody's own scope. */
  readonly base: ClassTable;
  /** For rows of a service. */
  table(service: RowService | null): ClassTable;
  rowAccess(row: ScopedRow): RowAccess;
  /** False when some rows must not even take part in joining. */
  readonly admitsEveryRow: boolean;
  classOfKey(kind: KeyKind): FieldClass;
  publicId(factId: string): string;
  /** A canonical service name as the role reads it. */
  serviceName(canonicalName: string): string;
  /** Free text through the detectors; ids that key rules name survive. */
  scrub(text: string, options?: Pick<ScrubOptions, "keep" | "name">): string;
  /** Stands for the value: everywhere the same, or in this incident only. */
  standIn(type: string, value: string, treatment: Treatment): string;
  /** Stand-ins of keys that were given out, so that they can be asked for. */
  readonly givenOut: Map<string, CorrelationKey>;
  /** Keys that may appear beside rows; set anew for every stitched state. */
  listedKeys: ReadonlySet<KeyId>;
}

export function createRedactionContext(settings: RedactionSettings, access: Access): RedactionContext {
  const tables = new Map<string, ClassTable>();
  const tableOf = (own: readonly boolean[]): ClassTable => {
    const mark = own.map(Number).join("");
    const known = tables.get(mark) ?? compileClassTable(access, own);
    tables.set(mark, known);
    return known;
  };
  const byService = new Map<RowService | null, ClassTable>();
  const base = tableOf(access.lenses.map(() => false));
  const { keyKinds } = access.policy.document;
  const classOfKey = (kind: KeyKind) => classOfKeyKind(kind, keyKinds);
  const protect = protectKeyIds(settings.keyRules, classOfKey);
  return {
    ...settings,
    access,
    role: access.role,
    base,
    table(service) {
      const known = byService.get(service) ?? tableOf(access.lenses.map((lens) => owns(lens, service)));
      byService.set(service, known);
      return known;
    },
    rowAccess: (row) => rowAccess(row, access.lenses),
    admitsEveryRow: access.lenses.length > 0 && access.lenses.every(seesEveryRow),
    classOfKey,
    publicId: publicIds(settings.idKey),
    serviceName: (name) => {
      if (base.treat("workflow") !== "show") return "another service";
      return base.seesInfrastructure ? name : settings.displayName(name);
    },
    scrub: (text, options) => scrubText(text, settings.pseudonyms, { protect, ...options }),
    standIn: (type, value, treatment) =>
      settings.pseudonyms.pseudonym(type, value, treatment === "incident-pseudonym" ? access.incident : undefined),
    givenOut: new Map(),
    listedKeys: new Set(),
  };
}

/** The digest under which records, keys and fetches are known outside. */
export function publicIds(idKey: Buffer): (factId: string) => string {
  const known = new Map<string, string>();
  const salt = idKey.toString("base64");
  return (factId) => {
    let id = known.get(factId);
    if (id === undefined) {
      id = hash("sha256", salt + factId, "base64url").slice(0, 16);
      known.set(factId, id);
    }
    return id;
  };
}
