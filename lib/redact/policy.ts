/**
 * Who may see what: the decision table, as data. An allow-list: a class or role that is not in the table is absent.
 * Change the table, and `policyVersion` changes with it.
 */
import { createHash } from "node:crypto";
import { BUILT_IN_ROLES, FIELD_CLASSES, type FieldClass, type Role, type Treatment } from "@/lib/domain/role";

export type PolicyTable = Readonly<Record<FieldClass, Readonly<Record<Role, Treatment>>>>;

export const DEFAULT_POLICY: PolicyTable = {
  workflow: { support: "show", engineer: "show", manager: "show", admin: "show" },
  "business-id": { support: "show", engineer: "show", manager: "show", admin: "show" },
  "account-id": { support: "show", engineer: "show", manager: "pseudonym", admin: "pseudonym" },
  personal: { support: "mask", engineer: "pseudonym", manager: "absent", admin: "absent" },
  staff: { support: "absent", engineer: "show", manager: "show", admin: "show" },
  note: { support: "absent", engineer: "scrub", manager: "show", admin: "show" },
  infrastructure: { support: "absent", engineer: "show", manager: "bucket", admin: "show" },
  "telemetry-id": { support: "absent", engineer: "show", manager: "absent", admin: "show" },
  code: { support: "template", engineer: "scrub", manager: "template", admin: "absent" },
  text: { support: "template", engineer: "scrub", manager: "absent", admin: "absent" },
  secret: { support: "absent", engineer: "absent", manager: "absent", admin: "absent" },
  unknown: { support: "absent", engineer: "scrub", manager: "absent", admin: "absent" },
};

/** What the policy says, `absent` for anything it does not name. */
export function treatmentFor(policy: PolicyTable, fieldClass: FieldClass, role: Role): Treatment {
  return policy[fieldClass]?.[role] ?? "absent";
}

/** Twelve hex digits that change exactly when a decision changes, whatever the order of rows and columns. */
export function policyVersion(policy: PolicyTable): string {
  const cells = FIELD_CLASSES.flatMap((fieldClass) =>
    BUILT_IN_ROLES.map((role) => `${fieldClass}/${role}=${treatmentFor(policy, fieldClass, role)}`),
  );
  return createHash("sha256").update(cells.sort().join("\n")).digest("hex").slice(0, 12);
}
