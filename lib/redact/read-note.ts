/** What a person wrote, for those who read notes: as it stands, or through the detectors. */
import type { ClassTable } from "./class-table";
import type { RedactionContext } from "./redaction-context";

/** Empty where notes are hidden: a note is never needed to understand what stands beside it. */
export function readNote(text: string, table: ClassTable, context: Pick<RedactionContext, "scrub">): string {
  const treatment = table.treat("note");
  if (treatment === "show") return text;
  return treatment === "scrub" ? context.scrub(text) : "";
}
