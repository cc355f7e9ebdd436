/** One attribute leaf for one role: what is left of it, or nothing. */
import type { AttributeView } from "@/lib/contract/event-view";
import { assertNever } from "@/lib/domain/assert-never";
import type { FieldClass } from "@/lib/domain/role";
import type { AttributeValue } from "@/lib/domain/timeline-event";
import { foldName } from "@/lib/normalize/attribute-spellings";
import { acceptKeyValue } from "@/lib/normalize/compile-key-rules";
import { mask } from "./mask";
import type { ClassTable } from "./class-table";
import type { RedactionContext } from "./redaction-context";

const KEY_CLASSES: ReadonlySet<FieldClass> = new Set(["business-id", "account-id"]);
const CONTENT: ReadonlySet<FieldClass> = new Set(["text", "code", "note", "unknown"]);

/** Values that every role may read in a workflow field: methods, levels, instants, small numbers. Nothing longer. */
const WORKFLOW_VALUE = /^(?:[A-Z]{2,10}|[a-z]{2,12}|\d{1,2}|\d{4}-\d\d-\d\d[T ][\d:.]{5,18}(?:Z|[+-]\d\d:?\d\d)?)$/;

/** The class that counts for this value: an id field whose value is no id is unknown, whatever its name says. */
export function classOfValue(path: string, value: AttributeValue, context: RedactionContext): FieldClass {
  const fieldClass = context.fields.classOf(path);
  if (KEY_CLASSES.has(fieldClass)) {
    const rules = context.keyRules.forAttribute(path);
    if (rules.length > 0 && !rules.some((rule) => acceptKeyValue(rule, String(value)) !== undefined)) return "unknown";
  }
  if (fieldClass === "workflow" && !WORKFLOW_VALUE.test(String(value))) return "unknown";
  return fieldClass;
}

/** Undefined when nothing may be shown. */
export function redactAttribute(
  path: string,
  value: AttributeValue,
  fieldClass: FieldClass,
  table: ClassTable,
  context: RedactionContext,
): AttributeView | undefined {
  const treatment = table.treat(fieldClass);
  switch (treatment) {
    case "show":
    case "scrub":
      return { value: scrubbed(path, value, fieldClass, table, context), class: fieldClass, treatment };
    case "pseudonym":
    case "incident-pseudonym":
      return {
        value: context.standIn(standInType(path, fieldClass, context), String(value), treatment),
        class: fieldClass,
        treatment,
      };
    case "mask":
      return { value: mask(String(value)), class: fieldClass, treatment };
    case "bucket": {
      const bucketed = bucket(value);
      return bucketed === undefined ? undefined : { value: bucketed, class: fieldClass, treatment };
    }
    case "team":
      return isTeamPath(path) && context.isTeam(String(value)) ? { value, class: fieldClass, treatment } : undefined;
    case "template":
    case "absent":
      return undefined;
    default:
      return assertNever(treatment);
  }
}

/**
 * Free text is never shown unscrubbed, whatever the table says, and no secret of a connection string passes as a host
 * name. Addresses of hosts and what a reveal opened stay.
 */
function scrubbed(
  path: string,
  value: AttributeValue,
  fieldClass: FieldClass,
  table: ClassTable,
  context: RedactionContext,
): AttributeValue {
  const isContent = CONTENT.has(fieldClass);
  if (!isContent && fieldClass !== "infrastructure") return value;
  const keep = isContent && !table.keepsPersonal(fieldClass) ? {} : ({ keep: "personal" } as const);
  if (typeof value === "string") return context.scrub(value, { ...keep, ...(isContent && { name: path }) });
  return scrubNumber(value, context);
}

/** `staff.team` says who acted without saying who. */
export function isTeamPath(path: string): boolean {
  return foldName(path.slice(path.lastIndexOf(".") + 1)).endsWith("team");
}

/** A card number arrives as a number as easily as in text. */
function scrubNumber(value: number | boolean, context: RedactionContext): AttributeValue {
  if (typeof value === "boolean" || Math.abs(value) < 1e11) return value;
  const text = String(value);
  return context.scrub(text) === text ? value : "[secret]";
}

function standInType(path: string, fieldClass: FieldClass, context: RedactionContext): string {
  const kind = KEY_CLASSES.has(fieldClass) ? context.keyRules.forAttribute(path)[0]?.rule.kind : undefined;
  if (kind !== undefined) return kind;
  if (fieldClass === "account-id") return "account";
  const last = foldName(path.slice(path.lastIndexOf(".") + 1));
  if (last.includes("mail")) return "email";
  if (last.includes("phone")) return "phone";
  if (last.endsWith("ip") || last.includes("addr")) return "ip";
  return "person";
}

/** Status class or major version; anything else has no bucket and stays out. */
function bucket(value: AttributeValue): string | undefined {
  const text = String(value);
  if (/^[1-5]\d\d$/.test(text)) return `${text.charAt(0)}xx`;
  const version = /^v?(\d{1,4})\.\d/.exec(text);
  return version ? `${version[1]}.x` : undefined;
}
