/** `/api/v1/reveals`: break-glass, as it is asked for, answered and listed. */
import { z } from "zod";
import { FieldClass, Role } from "@/lib/domain/role";
import { MAX_KEYS } from "./timeline-query";

export const LEAST_REASON = 20;
export const MAX_REVEAL_MINUTES = 30;

export const NewReveal = z.strictObject({
  /** The keys that the incident was asked by: it is revealed there, and nowhere else. */
  keys: z
    .array(z.string())
    .min(1, "expected the asked keys")
    .max(MAX_KEYS, `expected at most ${String(MAX_KEYS)} keys`),
  fieldClass: FieldClass.exclude(["secret"], "expected a class of fields; secrets are never revealed"),
  reason: z
    .string()
    .trim()
    .min(LEAST_REASON, `expected a reason of at least ${String(LEAST_REASON)} characters`)
    .max(500, "expected at most 500 characters"),
  /** Id of the ticket that this is done for. */
  ticket: z
    .string()
    .trim()
    .regex(/^[\w#./:-]{1,60}$/, "expected the id of a ticket, without spaces"),
  minutes: z
    .int("expected whole minutes")
    .min(1, `expected 1 to ${String(MAX_REVEAL_MINUTES)} minutes`)
    .max(MAX_REVEAL_MINUTES, `expected 1 to ${String(MAX_REVEAL_MINUTES)} minutes`),
});
export type NewReveal = z.infer<typeof NewReveal>;

export const RevealState = z.enum(["waiting", "in-force", "over", "refused", "withdrawn", "lapsed"]);

/** One reveal as its reader may know it: reasons are notes, people are staff. */
export const RevealView = z.strictObject({
  id: z.string(),
  /** `a person` for roles that do not read who acted. */
  by: z.string(),
  /** The reader asked for it. */
  mine: z.boolean(),
  role: Role,
  fieldClass: FieldClass,
  /** What it was asked for in. Absent inside the incident itself, and when it cannot be read any more. */
  incident: z
    .strictObject({
      /** `kind:value` as the reader reads such ids; `kind:(asked)` where their role does not. */
      keys: z.array(z.string()),
      /** The same as `?key=` of the timeline takes them. Null when the reader's role cannot ask by them. */
      references: z.array(z.string()).nullable(),
    })
    .optional(),
  /** Empty for roles that read no notes. */
  reason: z.string(),
  ticket: z.string(),
  minutes: z.int(),
  state: RevealState,
  /** Waits, or waited, for a second person. */
  needsSecond: z.boolean(),
  approvedBy: z.string().nullable(),
  /** Instants are ISO 8601 in UTC; null for what did not happen. */
  askedAt: z.string(),
  startsAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  reviewedAt: z.string().nullable(),
  /** Over for more than a week, and nobody looked at it. */
  overdue: z.boolean(),
});
export type RevealView = z.infer<typeof RevealView>;

export const RevealCreated = z.strictObject({ id: z.string(), state: z.enum(["waiting", "in-force"]) });
export type RevealCreated = z.infer<typeof RevealCreated>;

export const AccessCount = z.strictObject({
  kind: z.enum(["reveal", "role", "class"]),
  role: Role,
  /** The class that was revealed, or the role or class that was wished for. */
  wanted: z.string(),
  /** `at once`, or how it was answered. */
  answer: z.string(),
  count: z.int(),
});
export type AccessCount = z.infer<typeof AccessCount>;

export const RevealList = z.strictObject({
  /** Newest first. */
  reveals: z.array(RevealView),
  /** False when there are more than this list holds. */
  complete: z.boolean(),
  /** Classes that the reader may ask for. */
  mayReveal: z.array(FieldClass),
  /** May answer what others ask for. */
  maySecond: z.boolean(),
  mayReview: z.boolean(),
  /** What waits for the reader: to be answered, to be looked at. */
  toAnswer: z.int(),
  toReview: z.int(),
});
export type RevealList = z.infer<typeof RevealList>;

export const AccessCounts = z.strictObject({
  /** `2026-03`. */
  month: z.string(),
  counts: z.array(AccessCount),
});
export type AccessCounts = z.infer<typeof AccessCounts>;
