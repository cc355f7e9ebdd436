/** `/api/v1/policy`: the policy in force, what a draft of it would change, and what one's own role sees. */
import { z } from "zod";
import { Ability, Cell, PolicyDocument, RowRule } from "@/lib/domain/policy";
import { FieldClass, Role } from "@/lib/domain/role";

/** A policy with thousands of fields is larger than other bodies. */
export const MAX_POLICY_BYTES = 512 * 1024;
const MAX_NOTE_LENGTH = 500;

/** What is wrong with a document, where (`roles.support.classes.text`), in our own words. */
export const PolicyProblem = z.strictObject({ path: z.string(), detail: z.string() });
export type PolicyProblem = z.infer<typeof PolicyProblem>;

/** `more`: the role learns something new. `different`: neither version tells all that the other one does. */
export const PolicyEffect = z.enum(["more", "less", "different", "none"]);
export type PolicyEffect = z.infer<typeof PolicyEffect>;

export const PolicyChange = z.strictObject({
  /** Null: the same for every role, or about none. */
  role: Role.nullable(),
  subject: z.enum(["role", "class", "rows", "ability", "reveal", "field", "key-kind", "test"]),
  /** Class, ability, path or sentence that changes. */
  name: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  effect: PolicyEffect,
  sentence: z.string(),
});
export type PolicyChange = z.infer<typeof PolicyChange>;

export const PolicyTestResult = z.strictObject({
  role: Role,
  field: z.string(),
  passed: z.boolean(),
  /** Why, in one sentence. */
  reason: z.string(),
});
export type PolicyTestResult = z.infer<typeof PolicyTestResult>;

export const PolicyCheck = z.strictObject({
  /** Empty: it can be published, if all tests pass. */
  problems: z.array(PolicyProblem),
  tests: z.array(PolicyTestResult),
  /** Against the policy in force. */
  changes: z.array(PolicyChange),
  /** Worth knowing before publishing; nothing that stops it. */
  notes: z.array(z.string()),
});
export type PolicyCheck = z.infer<typeof PolicyCheck>;

export const PolicyCheckWish = z.strictObject({ document: PolicyDocument });
export type PolicyCheckWish = z.infer<typeof PolicyCheckWish>;

export const PolicyVersionView = z.strictObject({
  version: z.number().int().positive(),
  hash: z.string(),
  note: z.string(),
  /** Set when it repeats an older version. */
  restores: z.number().int().positive().nullable(),
  by: z.string(),
  /** ISO 8601 in UTC. */
  at: z.string(),
});
export type PolicyVersionView = z.infer<typeof PolicyVersionView>;

export const PolicyView = z.strictObject({
  document: PolicyDocument,
  /** `v12`, `file` or `built-in`. */
  label: z.string(),
  hash: z.string(),
  /** From the provisioning file: it cannot be changed here. */
  provisioned: z.boolean(),
  /** Set when the newest version cannot be read by this program: nobody sees anything, `document` is the last good one. */
  unreadable: z.boolean(),
  /** The newest published version; 0 for none. A publish names it. */
  newest: z.number().int().min(0),
  /** Classes that the provisioning file gives to fields. They hold under every policy that does not name the path itself. */
  fileFields: z.record(z.string(), FieldClass),
  /** Newest first, at most 200. */
  history: z.array(PolicyVersionView),
});
export type PolicyView = z.infer<typeof PolicyView>;

export const PolicyVersionDocument = z.strictObject({
  ...PolicyVersionView.shape,
  /** Null when this program cannot read what was stored. */
  document: PolicyDocument.nullable(),
  /** What going back to it would change, against the policy in force. */
  changes: z.array(PolicyChange),
});
export type PolicyVersionDocument = z.infer<typeof PolicyVersionDocument>;

export const NewPolicy = z.strictObject({
  document: PolicyDocument,
  note: z.string().trim().min(1, "expected a note that says why").max(MAX_NOTE_LENGTH),
  /** The newest version that was seen; another one is answered with 409. */
  expected: z.number().int().min(0),
  /** The older version that this document repeats. */
  restores: z.number().int().positive().optional(),
});
export type NewPolicy = z.infer<typeof NewPolicy>;

const names = z.array(z.string().trim().min(1).max(200)).max(50).default([]);

export const PolicyPreviewWish = z.strictObject({
  document: PolicyDocument,
  question: z.strictObject({
    keys: z.array(z.string().min(1).max(400)).min(1).max(10),
    from: z.string().max(64).optional(),
    to: z.string().max(64).optional(),
  }),
  role: Role,
  /** The teams and granted services of the imagined person. */
  teams: names,
  services: names,
});
export type PolicyPreviewWish = z.infer<typeof PolicyPreviewWish>;

/** What the asker's role gets of one class, and why. */
export const ClassExplanation = z.strictObject({
  class: FieldClass,
  cell: Cell,
  sentence: z.string(),
});

export const OwnPolicy = z.strictObject({
  role: Role,
  description: z.string(),
  label: z.string(),
  classes: z.array(ClassExplanation),
  rows: z.array(z.strictObject({ rule: RowRule, sentence: z.string() })),
  abilities: z.array(Ability),
  /** Classes that a reveal may open. */
  mayReveal: z.array(FieldClass),
});
export type OwnPolicy = z.infer<typeof OwnPolicy>;
