/** Roles, field classes and what may be done with a field. The table that joins them is `lib/redact/policy.ts`. */
import { z } from "zod";

export const BUILT_IN_ROLES = ["support", "engineer", "manager", "admin"] as const;
export const Role = z.enum(BUILT_IN_ROLES);
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

export const TREATMENTS = ["show", "scrub", "template", "pseudonym", "mask", "bucket", "absent"] as const;
export const Treatment = z.enum(TREATMENTS);
export type Treatment = z.infer<typeof Treatment>;
