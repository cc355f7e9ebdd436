/** What is wrong with a policy document by itself. The zod schema has read it; this is about its meaning. Pure. */
import type { PolicyProblem } from "@/lib/contract/policy";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { treatmentProblem } from "@/lib/domain/class-treatments";
import type { PolicyDocument, RolePolicy } from "@/lib/domain/policy";
import { BUILT_IN_ROLES, FieldClass, type Role } from "@/lib/domain/role";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { compileFieldCatalog, type FieldCatalog } from "./field-catalog";

/** Rows may not be picked by what is hidden: which of them somebody sees would tell the value. */
const NO_LABELS: ReadonlySet<FieldClass> = new Set<FieldClass>([
  ...(["account-id", "personal", "staff", "note", "code", "text", "secret"] as const),
]);

const BUILT_IN_KEYS = compileKeyRules(builtInKeyRules());

/** Empty for a document that may come into force. Paths name roles, not places in a list. */
export function checkPolicy(document: PolicyDocument): PolicyProblem[] {
  const catalog = compileFieldCatalog(document.fields, BUILT_IN_KEYS, document.keyKinds);
  return [
    ...checkRoleNames(document),
    ...document.roles.flatMap(checkCells),
    ...hiddenLabels(document),
    ...checkFields(document, catalog),
    ...checkTests(document),
  ];
}

/** Who publishes must still be able to publish the next one. */
export function checkLockOut(document: PolicyDocument, publisher: Role): PolicyProblem[] {
  const own = document.roles.find(({ name }) => name === publisher);
  if (own?.abilities.includes("administer")) return [];
  const detail = "Expected your own role to keep “administer”: you could not undo this.";
  return [{ path: `roles.${publisher}.abilities`, detail }];
}

function checkRoleNames({ roles }: PolicyDocument): PolicyProblem[] {
  const names = roles.map(({ name }) => name);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  const missing = BUILT_IN_ROLES.filter((name) => !names.includes(name));
  return [
    ...twice.map((name) => ({ path: `roles.${name}`, detail: "Expected one role of this name." })),
    ...missing.map((name) => ({
      path: `roles.${name}`,
      detail: "This role is built in and cannot be removed. It may be given nothing.",
    })),
    ...(roles.some(({ abilities }) => abilities.includes("administer"))
      ? []
      : [{ path: "roles", detail: "Expected one role at least that may “administer”." }]),
  ];
}

function checkCells({ name, classes }: RolePolicy): PolicyProblem[] {
  return FieldClass.options.flatMap((fieldClass) => {
    const cell = classes[fieldClass];
    if (cell === undefined) return [];
    const halves = typeof cell === "string" ? [cell] : [cell.own, cell.other];
    const details = new Set(halves.flatMap((treatment) => treatmentProblem(fieldClass, treatment) ?? []));
    return [...details].map((detail) => ({ path: `roles.${name}.classes.${fieldClass}`, detail }));
  });
}

/** Row rules that pick rows by a value which is hidden from somebody. */
export function hiddenLabels({ roles, fields, keyKinds }: PolicyDocument): PolicyProblem[] {
  const catalog = compileFieldCatalog(fields, BUILT_IN_KEYS, keyKinds);
  return roles.flatMap((role) => hiddenLabelsOf(role, catalog));
}

function hiddenLabelsOf({ name, rows }: RolePolicy, catalog: FieldCatalog): PolicyProblem[] {
  return rows.flatMap(({ rows: { labels = {} } }, i) =>
    Object.keys(labels).flatMap((label) => {
      const hidden = [label, `label.${label}`, `resource.${label}`]
        .map((path) => catalog.classOf(path))
        .find((one) => NO_LABELS.has(one));
      if (hidden === undefined) return [];
      const detail = `Expected a label that describes where a row comes from: ${label} is of class ${hidden}, and which rows somebody sees would tell its value.`;
      return [{ path: `roles.${name}.rows.${String(i)}`, detail }];
    }),
  );
}

function checkFields({ fields }: PolicyDocument, catalog: FieldCatalog): PolicyProblem[] {
  return Object.entries(fields).flatMap(([path, fieldClass]) => {
    if (path.trim() !== path || path.replace(/\.\*$/, "").includes("*")) {
      return [
        { path: `fields.${path}`, detail: "Expected a path such as shop.cart.id, or shop.cart.* for all below." },
      ];
    }
    if (fieldClass !== "secret" && catalog.classOf(path) === "secret") {
      return [{ path: `fields.${path}`, detail: "Fields of this name are secret, whatever a policy says." }];
    }
    return [];
  });
}

function checkTests({ tests, roles }: PolicyDocument): PolicyProblem[] {
  return tests.flatMap(({ role, field }, i) => {
    const path = `tests.${String(i)}`;
    if (!roles.some(({ name }) => name === role)) {
      return [{ path: `${path}.role`, detail: `Expected a role of this policy: there is no ${role}.` }];
    }
    if (field.startsWith("class:") && !FieldClass.safeParse(field.slice("class:".length)).success) {
      return [{ path: `${path}.field`, detail: `Expected class: and one of ${FieldClass.options.join(", ")}.` }];
    }
    return [];
  });
}
