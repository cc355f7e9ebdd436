/** Changes to a draft of the policy. Each returns another document; nothing is changed in place. Pure. */
import { CLASS_TREATMENTS } from "@/lib/domain/class-treatments";
import { BUILT_IN_ROLES, type FieldClass, type Role, type Treatment } from "@/lib/domain/role";
import type { Cell, PolicyDocument, PolicyTest, RolePolicy } from "@/lib/domain/policy";

export function changeRole(document: PolicyDocument, name: Role, part: Partial<RolePolicy>): PolicyDocument {
  return { ...document, roles: document.roles.map((role) => (role.name === name ? { ...role, ...part } : role)) };
}

export function cellOfRole(role: RolePolicy, fieldClass: FieldClass): Cell {
  return role.classes[fieldClass] ?? "absent";
}

/** `absent` is what a class without a cell is, so it is not written down. */
export function setCell(document: PolicyDocument, name: Role, fieldClass: FieldClass, cell: Cell): PolicyDocument {
  const role = document.roles.find((one) => one.name === name);
  if (!role) return document;
  const { [fieldClass]: _, ...others } = role.classes;
  const classes = cell === "absent" ? others : { ...others, [fieldClass]: cell };
  return changeRole(document, name, { classes });
}

/** Treatments that make sense for the class, least first. */
export function choicesFor(fieldClass: FieldClass): readonly Treatment[] {
  return CLASS_TREATMENTS[fieldClass].toReversed();
}

export function isBuiltIn(name: Role): boolean {
  return BUILT_IN_ROLES.some((one) => one === name);
}

/** Why the name cannot be given; undefined when it can. */
export function roleNameProblem(document: PolicyDocument, name: string): string | undefined {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) return "Expected lower-case letters, digits and dashes, a letter first.";
  if (document.roles.some((role) => role.name === name)) return "There is a role of this name.";
  return undefined;
}

export function addRole(document: PolicyDocument, role: RolePolicy): PolicyDocument {
  return { ...document, roles: [...document.roles, role] };
}

export function emptyRole(name: Role): RolePolicy {
  return { name, description: "", classes: { workflow: "show" }, rows: [], abilities: [], mayReveal: [] };
}

/** With the tests that are about it: they could not be run any more. */
export function removeRole(document: PolicyDocument, name: Role): PolicyDocument {
  return {
    ...document,
    roles: document.roles.filter((role) => role.name !== name),
    tests: document.tests.filter(({ role }) => role !== name),
  };
}

/** Undefined removes the path. */
export function setField(document: PolicyDocument, path: string, fieldClass: FieldClass | undefined): PolicyDocument {
  const { [path]: _, ...others } = document.fields;
  return { ...document, fields: fieldClass === undefined ? others : { ...others, [path]: fieldClass } };
}

/** Undefined goes back to the built-in class. Secrets are no ids. */
export function setKeyKind(document: PolicyDocument, kind: string, fieldClass: FieldClass | undefined): PolicyDocument {
  const { [kind]: _, ...others } = document.keyKinds;
  const keyKinds = fieldClass === undefined || fieldClass === "secret" ? others : { ...others, [kind]: fieldClass };
  return { ...document, keyKinds };
}

export function addTest(document: PolicyDocument, test: PolicyTest): PolicyDocument {
  const known = document.tests.some(({ role, field }) => role === test.role && field === test.field);
  return known ? document : { ...document, tests: [...document.tests, test] };
}

export function removeTest(document: PolicyDocument, test: Pick<PolicyTest, "role" | "field">): PolicyDocument {
  return { ...document, tests: document.tests.filter(({ role, field }) => role !== test.role || field !== test.field) };
}

export function toggled<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? list.filter((one) => one !== item) : [...list, item];
}

/** Equal as documents are compared on the page: the order of parts of an object does not count. */
export function sameDocument(a: PolicyDocument, b: PolicyDocument): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  return `{${entries
    .map(([name, child]) => `${name}:${canonical(child)}`)
    .sort()
    .join()}}`;
}
