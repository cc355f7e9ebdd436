/** Which treatments mean something for which class. A cell with another one is refused, with the reason. Pure data. */
import { TREATMENTS, type FieldClass, type Treatment } from "./role";

const IDS: readonly Treatment[] = ["show", "pseudonym", "incident-pseudonym", "absent"];
const FREE_TEXT: readonly Treatment[] = ["scrub", "template", "absent"];

export const CLASS_TREATMENTS: Readonly<Record<FieldClass, readonly Treatment[]>> = {
  workflow: ["show", "template", "absent"],
  "business-id": IDS,
  "account-id": IDS,
  personal: ["show", "mask", "pseudonym", "incident-pseudonym", "absent"],
  staff: ["show", "team", "absent"],
  note: ["show", "scrub", "absent"],
  infrastructure: ["show", "bucket", "absent"],
  "telemetry-id": IDS,
  code: FREE_TEXT,
  text: FREE_TEXT,
  secret: ["absent"],
  unknown: ["scrub", "absent"],
};

/** Undefined when the treatment makes sense for the class; else why not, in one sentence. */
export function treatmentProblem(fieldClass: FieldClass, treatment: Treatment): string | undefined {
  if (CLASS_TREATMENTS[fieldClass].includes(treatment)) return undefined;
  if (fieldClass === "secret") return "Secrets are shown to nobody, whatever a policy says.";
  if (treatment === "show") return "Free text is never shown as it is: scrub lets it through the detectors.";
  const fitting = TREATMENTS.filter((one) => CLASS_TREATMENTS[fieldClass].includes(one)).join(", ");
  return `Expected one of ${fitting} for ${fieldClass}: ${treatment} means nothing there.`;
}
