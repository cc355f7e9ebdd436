/**
 * Who may see what, as data. Roles only grant: a class without a cell is absent, a row that no rule names is omitted. So
 * taking any part of a role away never reveals more, and the order of parts means nothing. An entry of `fields` or
 * `keyKinds` says what something is; without it the built-in class counts, which may be read by others.
 */
import { z } from "zod";
import { FieldClass, Role, Treatment } from "./role";
import { SOURCE_KINDS } from "./source-id";
import { EVENT_KINDS } from "./timeline-event";

/**
 * What a role gets of one class. `own` counts for rows of services in the asker's scope: those of a person's grants, or
 * of services that a team of theirs owns.
 */
export const Cell = z.union([Treatment, z.strictObject({ own: Treatment, other: Treatment })]);
export type Cell = z.infer<typeof Cell>;

const names = z.array(z.string().trim().min(1).max(200)).min(1).max(200);

/** All that is named must hold. Nothing named: every row. */
export const RowMatch = z.strictObject({
  kinds: z.array(z.enum(EVENT_KINDS)).min(1).optional(),
  /** `loki`, or one of its instances: `loki/product`. */
  sources: names.optional(),
  sourceKinds: z.array(z.enum(SOURCE_KINDS)).min(1).optional(),
  /** Canonical service names. */
  services: names.optional(),
  /** Owners of the services, as the catalogue names them. */
  teams: names.optional(),
  /** Label or attribute path to accepted values: `{ team: [billing] }`. */
  labels: z.record(z.string().min(1).max(200), names).optional(),
  /** In the asker's scope. */
  own: z.literal(true).optional(),
  /** A configured sentence describes it. */
  recognised: z.literal(true).optional(),
});
export type RowMatch = z.infer<typeof RowMatch>;

/** `stub`: the row keeps its place and time and says nothing else. A row gets the most that any rule grants. */
export const RowRule = z.strictObject({ rows: RowMatch, grant: z.enum(["full", "stub"]) });
export type RowRule = z.infer<typeof RowRule>;

/** What a role may do, beside reading. */
export const ABILITIES = [
  /** Ask by any id that the role reads. Without it: only what was shared with the person. */
  "ask",
  "unlink",
  "export",
  "share",
  /** Break-glass, and requests for standing access. */
  "reveal",
  /** Be the second person of somebody else's reveal. */
  "second-reveal",
  /** Is told of reveals, and signs that they were looked at. */
  "review-reveals",
  "read-key-rules",
  "read-audit",
  /** The history of alerts, as far as the role's rows reach. */
  "read-alerts",
  /** Say whether an alert was worth it. */
  "judge-alerts",
  /** The monthly noise review. */
  "read-review",
  /** Decide in the review, and sign it. */
  "decide-review",
  /** Policy, people, sources, key rules, requests. */
  "administer",
] as const;
export const Ability = z.enum(ABILITIES);
export type Ability = z.infer<typeof Ability>;

export const RolePolicy = z.strictObject({
  name: Role,
  /** One line for people who choose a role. */
  description: z.string().trim().max(200).default(""),
  classes: z.partialRecord(FieldClass, Cell),
  rows: z.array(RowRule).max(50),
  abilities: z.array(Ability),
  /** Classes that a reveal may open for this role. Never `secret`. */
  mayReveal: z.array(FieldClass.exclude(["secret"])).default([]),
});
export type RolePolicy = z.infer<typeof RolePolicy>;

/** Written once, held on every publish: a policy that fails one cannot be published. */
export const PolicyTest = z.strictObject({
  role: Role,
  /** An attribute path such as `db.statement`, or a class as `class:infrastructure`. */
  field: z.string().trim().min(1).max(200),
  never: z.literal("see"),
});
export type PolicyTest = z.infer<typeof PolicyTest>;

export const PolicyDocument = z.strictObject({
  roles: z.array(RolePolicy).min(1).max(40),
  /** Attribute path (or `prefix.*`) to class, on top of the built-in catalogue. */
  fields: z.record(z.string().min(1).max(200), FieldClass).default({}),
  /** Key kind to class, for configured kinds. What is not named is a business id. */
  keyKinds: z.record(z.string().min(1).max(40), FieldClass.exclude(["secret"])).default({}),
  tests: z.array(PolicyTest).max(200).default([]),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;

/** The document in force, and how people speak of it. */
export interface PolicyInForce {
  readonly document: PolicyDocument;
  /** `v12`, `file` or `built-in`. */
  readonly label: string;
  readonly hash: string;
  /** Provisioned by `throughline.yaml`: pages cannot change it. */
  readonly provisioned: boolean;
}
