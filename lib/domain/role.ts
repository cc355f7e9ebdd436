/** Roles, field classes and what may be done with a field. The document that joins them is `policy.ts`. */
import { z } from "zod";

/** Roles that every installation has. A policy may add others; it cannot take these away. */
export const BUILT_IN_ROLES = ["support", "engineer", "manager", "admin", "vendor"] as const;
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

/** The name of a role. Only the policy in force says what a name may see: an unknown one sees nothing. */
export const Role = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, "expected a role: lower-case letters, digits and dashes");
export type Role = z.infer<typeof Role>;

export const FIELD_CLASSES = [
  "workflow",
  "business-id",
  "account-id",
  "personal",
  "staff",
  "note",
  "infrastructure",
  "telemetry-id",
  "code",
  "text",
  "secret",
  "unknown",
] as const;
export const FieldClass = z.enum(FIELD_CLASSES);
export type FieldClass = z.infer<typeof FieldClass>;

/**
 * `scrub`: free text through detectors. `template`: a known sentence instead. `pseudonym`: a keyed stand-in, the same
 * everywhere; `incident-pseudonym`: another one in every incident. `team`: the team instead of the person.
 */
export const TREATMENTS = [
  "show",
  "scrub",
  "template",
  "pseudonym",
  "incident-pseudonym",
  "mask",
  "bucket",
  "team",
  "absent",
] as const;
export const Treatment = z.enum(TREATMENTS);
export type Treatment = z.infer<typeof Treatment>;
