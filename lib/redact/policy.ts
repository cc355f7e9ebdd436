/** The policy that an installation starts with, and the hash by which policies are told apart. Pure data. */
import { createHash } from "node:crypto";
import type { Cell, PolicyDocument, RolePolicy, RowRule } from "@/lib/domain/policy";
import { FIELD_CLASSES, type FieldClass, type Role } from "@/lib/domain/role";

const EVERY_ROW: RowRule = { rows: {}, grant: "full" };
const EXISTENCE: RowRule = { rows: {}, grant: "stub" };
/** A row that a configured sentence describes can be told to anybody. */
const RECOGNISED: RowRule = { rows: { recognised: true }, grant: "full" };

const WORK = ["log", "span", "error", "deploy", "job-run", "staff-action", "note"] as const;
const own = (treatment: Exclude<Cell, object>): Cell => ({ own: treatment, other: "absent" });

export const DEFAULT_POLICY: PolicyDocument = {
  roles: [
    {
      name: "support",
      description: "Answers customers: plain sentences, orders and accounts, no infrastructure and no code.",
      classes: {
        workflow: "show",
        "business-id": "show",
        "account-id": "show",
        personal: "mask",
        staff: "team",
        note: own("scrub"),
        code: "template",
        text: "template",
      },
      rows: [EXISTENCE, { rows: { kinds: [...WORK] }, grant: "full" }, RECOGNISED],
      abilities: ["ask", "export", "share", "reveal"],
      mayReveal: ["personal"],
    },
    {
      name: "engineer",
      description: "Finds what broke: everything but secrets, with personal data replaced.",
      classes: {
        workflow: "show",
        "business-id": "show",
        "account-id": "show",
        personal: "pseudonym",
        staff: "show",
        note: "scrub",
        infrastructure: "show",
        "telemetry-id": "show",
        code: "scrub",
        text: "scrub",
        unknown: "scrub",
      },
      rows: [EVERY_ROW],
      abilities: [
        "ask",
        "unlink",
        "export",
        "share",
        "reveal",
        "second-reveal",
        "read-key-rules",
        "read-alerts",
        "judge-alerts",
        "read-review",
      ],
      mayReveal: ["personal", "text", "code", "note", "unknown"],
    },
    {
      name: "manager",
      description: "Decides what to change: who did what and how often, no raw text.",
      classes: {
        workflow: "show",
        "business-id": "show",
        "account-id": "pseudonym",
        staff: "show",
        note: "show",
        infrastructure: "bucket",
        code: "template",
      },
      rows: [EXISTENCE, { rows: { kinds: [...WORK, "alert"] }, grant: "full" }, RECOGNISED],
      abilities: [
        "ask",
        "export",
        "share",
        "second-reveal",
        "review-reveals",
        "read-audit",
        "read-alerts",
        "judge-alerts",
        "read-review",
        "decide-review",
      ],
      mayReveal: [],
    },
    {
      name: "admin",
      description: "Connects sources and decides who sees what; reads no customer data by that.",
      classes: {
        workflow: "show",
        "business-id": "show",
        "account-id": "pseudonym",
        staff: "show",
        note: "show",
        infrastructure: "show",
        "telemetry-id": "show",
      },
      rows: [EVERY_ROW],
      abilities: [
        "ask",
        "unlink",
        "share",
        "review-reveals",
        "read-key-rules",
        "read-audit",
        "read-alerts",
        "read-review",
        "administer",
      ],
      mayReveal: [],
    },
    {
      name: "vendor",
      description: "Sees its own part of incidents that were shared with it, until a date.",
      classes: {
        workflow: { own: "show", other: "template" },
        "business-id": "incident-pseudonym",
        "account-id": "incident-pseudonym",
        infrastructure: own("show"),
        "telemetry-id": own("show"),
        code: own("template"),
        text: own("template"),
      },
      rows: [EXISTENCE, { rows: { own: true, kinds: [...WORK] }, grant: "full" }],
      abilities: [],
      mayReveal: [],
    },
  ],
  fields: {},
  keyKinds: {},
  tests: [
    { role: "support", field: "db.statement", never: "see" },
    { role: "support", field: "class:infrastructure", never: "see" },
    { role: "manager", field: "exception.message", never: "see" },
    { role: "vendor", field: "user.email", never: "see" },
  ],
};

/** What an unknown role gets. */
export function nothingFor(name: Role): RolePolicy {
  return { name, description: "", classes: {}, rows: [], abilities: [], mayReveal: [] };
}

/** The part of a role; nothing at all for one that the document does not name. */
export function rolePolicyOf(document: PolicyDocument, name: Role): RolePolicy {
  return document.roles.find((role) => role.name === name) ?? nothingFor(name);
}

/** The cell of a class: secrets are nobody's, whatever a document says. */
export function cellOf(role: RolePolicy, fieldClass: FieldClass): Cell {
  return fieldClass === "secret" ? "absent" : (role.classes[fieldClass] ?? "absent");
}

/** SHA-256 over the meaning: the same for every order of parts and for repeats, another for every other decision. */
export function policyHash(document: PolicyDocument): string {
  const lines = [
    ...document.roles.flatMap(roleLines),
    ...Object.entries(document.fields).map(([path, fieldClass]) => `field ${path}=${fieldClass}`),
    ...Object.entries(document.keyKinds).map(([kind, fieldClass]) => `kind ${kind}=${fieldClass}`),
    ...document.tests.map(({ role, field, never }) => `test ${role} never ${never} ${field}`),
  ];
  return (
    createHash("sha256")
      // As JSON, because a field may have any name: a line end in it must not look like the next part.
      .update(JSON.stringify([...new Set(lines)].sort()))
      .digest("hex")
  );
}

function roleLines(role: RolePolicy): string[] {
  const { name, abilities, mayReveal, rows } = role;
  return [
    `role ${name}`,
    ...FIELD_CLASSES.map((fieldClass) => `class ${name} ${fieldClass}=${cellText(cellOf(role, fieldClass))}`),
    ...rows.map(({ rows: match, grant }) => `rows ${name} ${grant} ${canonical(match)}`),
    ...abilities.map((ability) => `may ${name} ${ability}`),
    ...mayReveal.map((fieldClass) => `reveal ${name} ${fieldClass}`),
  ];
}

function cellText(cell: Cell): string {
  if (typeof cell === "string") return cell;
  return cell.own === cell.other ? cell.own : `${cell.own}/${cell.other}`;
}

/** JSON with sorted names and sorted, unique lists. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(canonical))].sort().join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  return `{${entries
    .map(([name, child]) => `${JSON.stringify(name)}:${canonical(child)}`)
    .sort()
    .join()}}`;
}
