/** RFC 9457 problem documents: the only error shape at our edge. Never carries upstream text. */
import { z } from "zod";

export const PROBLEM_CODES = [
  "bad-request",
  "unauthenticated",
  "forbidden",
  /** The person must prove again who they are: send them to the sign-in page with `fresh=1`, then ask again. */
  "step-up-required",
  "not-found",
  "conflict",
  "too-large",
  "rate-limited",
  "overloaded",
  "internal",
] as const;

export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(PROBLEM_CODES),
  /** For bad requests: the field and what was expected. */
  detail: z.string().optional(),
  field: z.string().optional(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;
