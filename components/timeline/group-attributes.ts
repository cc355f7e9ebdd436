/** Attributes by field class, with what the role may not see counted beside what it may. Pure. */
import type { AttributeView, EventView } from "@/lib/contract/event-view";

type FieldClass = AttributeView["class"];

const TITLES: Record<FieldClass, string> = {
  workflow: "What happened",
  "business-id": "Business ids",
  "account-id": "Account",
  personal: "Personal data",
  staff: "Staff",
  note: "Notes",
  infrastructure: "Infrastructure",
  "telemetry-id": "Trace and span ids",
  code: "Code",
  text: "Text",
  secret: "Secrets",
  unknown: "Other",
};

export interface AttributeGroup {
  readonly name: string;
  readonly attributes: readonly { readonly path: string; readonly value: string; readonly treatment: string }[];
  /** How many of this class exist that the role may not see. */
  readonly hidden: number;
}

/** Groups in the order above; attributes by path. */
export function groupAttributes(row: Pick<EventView, "attributes" | "withheld">): AttributeGroup[] {
  const groups = new Map<FieldClass, { path: string; value: string; treatment: string }[]>();
  for (const [path, attribute] of Object.entries(row.attributes)) {
    const group = groups.get(attribute.class) ?? [];
    group.push({ path, value: String(attribute.value), treatment: attribute.treatment });
    groups.set(attribute.class, group);
  }
  const hidden = new Map(row.withheld.map((one) => [one.class, one.count]));
  return Object.entries(TITLES).flatMap(([text, name]) => {
    const found = row.withheld.find((one) => one.class === text)?.class;
    const kind = found ?? [...groups.keys()].find((one) => one === text);
    if (kind === undefined) return [];
    const attributes = (groups.get(kind) ?? []).sort((a, b) => (a.path < b.path ? -1 : 1));
    return [{ name, attributes, hidden: hidden.get(kind) ?? 0 }];
  });
}
