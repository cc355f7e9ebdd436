/** All attributes of a record for one reader. Structure inside a string is taken apart, so that each leaf has its own class. */
import type { AttributeView } from "@/lib/contract/event-view";
import type { FieldClass } from "@/lib/domain/role";
import type { Attributes, AttributeValue } from "@/lib/domain/timeline-event";
import type { ClassTable } from "./class-table";
import { classifyNested } from "./classify-nested";
import { isSafeName } from "./is-safe-name";
import { classOfValue, redactAttribute } from "./redact-attribute";
import type { RedactionContext } from "./redaction-context";

/** Cheap look before parsing: JSON, a query string, `key=value`. */
const READ_AS_TEXT: ReadonlySet<FieldClass> = new Set(["text", "code", "note"]);
const MAY_HOLD_STRUCTURE = /^\s*[[{"]|[=:&]/;

export function redactAttributes(
  attributes: Attributes,
  table: ClassTable,
  context: RedactionContext,
  into: Record<string, AttributeView>,
): void {
  for (const path in attributes) {
    const value = attributes[path];
    if (value === undefined) continue;
    const nested =
      typeof value === "string" &&
      MAY_HOLD_STRUCTURE.test(value) &&
      !READ_AS_TEXT.has(context.fields.classOf(path)) &&
      classifyNested(path, value, context.fields);
    if (nested && nested.kind === "leaves") {
      for (const leaf of nested.leaves) addLeaf(leaf.path, leaf.value, table, context, into);
    } else addLeaf(path, value, table, context, into);
  }
}

function addLeaf(
  path: string,
  value: AttributeValue,
  table: ClassTable,
  context: RedactionContext,
  into: Record<string, AttributeView>,
): void {
  // A map keyed by address would print it as a name.
  if (path === "__proto__" || !isNameSafe(path)) return;
  const view = redactAttribute(path, value, classOfValue(path, value, context), table, context);
  if (view) into[path] = view;
}

const safeNames = new Map<string, boolean>();
const MAX_NAMES = 20_000;

function isNameSafe(path: string): boolean {
  let safe = safeNames.get(path);
  if (safe === undefined) {
    safe = isSafeName(path);
    if (safeNames.size < MAX_NAMES) safeNames.set(path, safe);
  }
  return safe;
}
