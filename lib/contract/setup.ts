/** `POST /api/v1/setup/{token}`: what somebody fills in who holds a one-time link. */
import { z } from "zod";

/** NIST SP 800-63B: length is what counts; no rules about kinds of characters. */
export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 1024;

export const SetupForm = z.strictObject({
  /** Name and address are asked of the first admin only; an invitation knows them. */
  name: z.string().trim().min(1, "expected a name").max(200, "expected at most 200 characters").optional(),
  email: z.email("expected an e-mail address").max(254, "expected at most 254 characters").optional(),
  password: z
    .string()
    .min(MIN_PASSWORD_LENGTH, `expected at least ${String(MIN_PASSWORD_LENGTH)} characters`)
    .max(MAX_PASSWORD_LENGTH, `expected at most ${String(MAX_PASSWORD_LENGTH)} characters`),
});
export type SetupForm = z.infer<typeof SetupForm>;

/** The address to sign in with. */
export const SetupDone = z.strictObject({ email: z.string() });
