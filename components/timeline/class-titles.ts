/** Field classes in the words and the order of the page. */
import type { AttributeView } from "@/lib/contract/event-view";

type FieldClass = AttributeView["class"];

export const CLASS_TITLES: Readonly<Record<FieldClass, string>> = {
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
