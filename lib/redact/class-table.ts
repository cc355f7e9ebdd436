/** The decision table of one access for rows inside or outside the lenses' scopes: class → treatment. Pure. */
import type { Access } from "@/lib/domain/access";
import { FIELD_CLASSES, type FieldClass, type Treatment } from "@/lib/domain/role";
import { meetTreatments } from "./meet-treatments";
import { cellOf } from "./policy";

/** Free text: shown through detectors at best. A reveal of such a class leaves personal values in, secrets never. */
const CONTENT: ReadonlySet<FieldClass> = new Set(["text", "code", "note", "unknown"]);

export interface ClassTable {
  /** `absent` for anything that is not granted. */
  treat(fieldClass: FieldClass): Treatment;
  /** True when host, version and source names are read as they are. */
  readonly seesInfrastructure: boolean;
  /** True when free text of the class is read at all. */
  reads(fieldClass: FieldClass): boolean;
  /** True when a reveal leaves personal values in text of the class. */
  keepsPersonal(fieldClass: FieldClass): boolean;
}

/** `own[i]`: whether the rows are in the scope of the i-th lens. */
export function compileClassTable({ lenses, revealed }: Access, own: readonly boolean[]): ClassTable {
  const table = new Map<FieldClass, Treatment>();
  for (const fieldClass of FIELD_CLASSES) {
    const each = lenses.map(({ role }, i) => {
      const cell = cellOf(role, fieldClass);
      const granted = typeof cell === "string" ? cell : own[i] === true ? cell.own : cell.other;
      // A reveal is the asker's own: whoever else looks along keeps their limits.
      return i === 0 && revealed.has(fieldClass) ? revealedTreatment(fieldClass, granted) : granted;
    });
    const [first, ...others] = each;
    table.set(fieldClass, first === undefined ? "absent" : others.reduce(meetTreatments, first));
  }
  const treat = (fieldClass: FieldClass) => table.get(fieldClass) ?? "absent";
  const reads = (fieldClass: FieldClass) => treat(fieldClass) === "scrub" || treat(fieldClass) === "show";
  return {
    treat,
    reads,
    seesInfrastructure: treat("infrastructure") === "show",
    keepsPersonal: (fieldClass) => revealed.has(fieldClass) && lenses.length === 1 && reads(fieldClass),
  };
}

function revealedTreatment(fieldClass: FieldClass, granted: Treatment): Treatment {
  if (fieldClass === "secret") return "absent";
  if (!CONTENT.has(fieldClass)) return "show";
  return granted === "show" ? "show" : "scrub";
}
