/** Attributes by field class. Pure. */
import type { AttributeView, EventView } from "@/lib/contract/event-view";
import { CLASS_TITLES } from "./class-titles";

type FieldClass = AttributeView["class"];

export interface AttributeGroup {
  readonly name: string;
  readonly attributes: readonly { readonly path: string; readonly value: string; readonly treatment: string }[];
}

/** Groups in the order of the classes; attributes by path. */
export function groupAttributes(row: Pick<EventView, "attributes">): AttributeGroup[] {
  const groups = new Map<FieldClass, { path: string; value: string; treatment: string }[]>();
  for (const [path, attribute] of Object.entries(row.attributes)) {
    const group = groups.get(attribute.class) ?? [];
    group.push({ path, value: String(attribute.value), treatment: attribute.treatment });
    groups.set(attribute.class, group);
  }
  return Object.entries(CLASS_TITLES).flatMap(([text, name]) => {
    const kind = [...groups.keys()].find((one) => one === text);
    if (kind === undefined) return [];
    return [{ name, attributes: (groups.get(kind) ?? []).sort((a, b) => (a.path < b.path ? -1 : 1)) }];
  });
}
