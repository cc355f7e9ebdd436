/**
 * What an admin wrote once and a policy must always hold: "support never sees `db.statement`". Looked at twice: by the
 * cells of the class, and by running a planted value through the redactor. Pure.
 */
import type { PolicyTestResult } from "@/lib/contract/policy";
import type { Access } from "@/lib/domain/access";
import type { PolicyDocument, PolicyTest, RolePolicy } from "@/lib/domain/policy";
import { FieldClass, type Treatment } from "@/lib/domain/role";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import { compileFieldCatalog } from "./field-catalog";
import { rowsWithClass, rowsWithField } from "./planted-rows";
import { cellOf, policyHash, rolePolicyOf } from "./policy";
import { redactRow } from "./redact-row";
import { createRedactionContext, type RedactionContext, type RedactionSettings } from "./redaction-context";

export type PolicyTestSettings = Omit<RedactionSettings, "fields" | "isTeam">;

/** No id, no word of ours, nothing that a detector takes for a secret. */
const VALUES = ["zanzibar quince", "73519046"] as const;

/** A known sentence tells nothing of the value. */
const UNSEEN: ReadonlySet<Treatment> = new Set<Treatment>(["absent", "template"]);

/** A value of these that does not look like one counts as unknown. */
const BY_VALUE: ReadonlySet<FieldClass> = new Set<FieldClass>(["workflow", "business-id", "account-id"]);

/** In the order of the document. A test that cannot be run has failed. */
export function runPolicyTests(document: PolicyDocument, settings: PolicyTestSettings): PolicyTestResult[] {
  const fields = compileFieldCatalog(document.fields, settings.keyRules, document.keyKinds);
  const hash = policyHash(document);
  return document.tests.map((test) => {
    const role = rolePolicyOf(document, test.role);
    const policy = { document, label: "test", hash, provisioned: false };
    const access = { role: test.role, incident: "", revealed: new Set<FieldClass>(), policy };
    const seen = seenBecause(test, role, { ...settings, fields, isTeam: () => true }, access);
    return {
      ...{ role: test.role, field: test.field, passed: seen === undefined },
      reason: seen ?? `${test.role} is shown nothing of it, for rows of every kind and scope.`,
    };
  });
}

function seenBecause(
  { field }: PolicyTest,
  role: RolePolicy,
  settings: RedactionSettings,
  access: Omit<Access, "lenses">,
): string | undefined {
  const named = field.startsWith("class:") ? FieldClass.safeParse(field.slice("class:".length)) : undefined;
  if (named && !named.success) return "There is no class of this name.";
  const fieldClass = named ? named.data : settings.fields.classOf(field);
  const classes: FieldClass[] = BY_VALUE.has(fieldClass) && !named ? [fieldClass, "unknown"] : [fieldClass];
  for (const one of classes) {
    const because = grantedBecause(role, one);
    if (because !== undefined) return because;
  }
  const rows = VALUES.flatMap((value) =>
    (named ? rowsWithClass(fieldClass, value) : rowsWithField(field, value)).map((row) => ({ row, value })),
  );
  // Both scopes: in the first every service is the person's own.
  for (const granted of ["all", new Set<string>()] as const) {
    const context = createRedactionContext(settings, { ...access, lenses: [{ role, teams: [], granted }] });
    for (const { row, value } of rows) {
      if (shows(row, value, context)) return `A planted value in a row of kind ${row.event.kind} came through.`;
    }
  }
  return undefined;
}

function grantedBecause(role: RolePolicy, fieldClass: FieldClass): string | undefined {
  const cell = cellOf(role, fieldClass);
  const halves = typeof cell === "string" ? [cell] : [cell.own, cell.other];
  // The team instead of the person: the planted value tells whether the field is one of a team.
  const seen = halves.find((treatment) => !UNSEEN.has(treatment) && treatment !== "team");
  if (seen !== undefined) {
    const scope = typeof cell === "string" ? "" : seen === cell.own ? " in the own scope" : " outside the own scope";
    return `${role.name} is granted ${seen} of class ${fieldClass}${scope}.`;
  }
  const mayOpen = role.abilities.includes("reveal") && role.mayReveal.some((one) => one === fieldClass);
  return mayOpen ? `${role.name} may open class ${fieldClass} by a reveal.` : undefined;
}

function shows(row: TimelineRow, value: string, context: RedactionContext): boolean {
  if (context.rowAccess(row) === "omit") return false;
  context.listedKeys = new Set(row.keyIds);
  return JSON.stringify(redactRow(row, "", context)).includes(value);
}
