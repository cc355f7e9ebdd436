/** A role's part of a policy in sentences that can be read aloud. Pure. */
import type { OwnPolicy } from "@/lib/contract/policy";
import { rowRuleWords } from "@/lib/contract/row-rule-words";
import { TREATMENT_WORDS } from "@/lib/contract/treatment-words";
import type { Cell, PolicyInForce } from "@/lib/domain/policy";
import { FIELD_CLASSES, type FieldClass, type Role, type Treatment } from "@/lib/domain/role";
import { cellOf, rolePolicyOf } from "./policy";

export function explainRole(name: Role, { document, label }: PolicyInForce): OwnPolicy {
  const role = rolePolicyOf(document, name);
  return {
    ...{ role: name, description: role.description, label },
    classes: FIELD_CLASSES.map((fieldClass) => {
      const cell = cellOf(role, fieldClass);
      return { class: fieldClass, cell, sentence: cellSentence(fieldClass, cell, name, label) };
    }),
    rows: role.rows.map((rule) => ({ rule, sentence: rowRuleWords(rule) })),
    abilities: [...role.abilities],
    mayReveal: [...role.mayReveal],
  };
}

function cellSentence(fieldClass: FieldClass, cell: Cell, role: Role, label: string): string {
  if (fieldClass === "secret") return "Hidden from everybody: secrets are shown to no role.";
  if (typeof cell === "string") return treatmentSentence(fieldClass, cell, role, label);
  if (cell.own === cell.other) return treatmentSentence(fieldClass, cell.own, role, label);
  const own = TREATMENT_WORDS[cell.own].tells;
  return `In your own scope: ${own} Elsewhere: ${treatmentSentence(fieldClass, cell.other, role, label)}`;
}

function treatmentSentence(fieldClass: FieldClass, treatment: Treatment, role: Role, label: string): string {
  if (treatment !== "absent") return TREATMENT_WORDS[treatment].tells;
  return `Hidden because class ${fieldClass} is not granted to ${role}, policy ${label}.`;
}
