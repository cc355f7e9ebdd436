/**
 * What an (encrypted) session cookie says: who signed in, when, and under which session version. It holds no role: a role
 * in a token would stay valid after an admin took it away.
 */
import { z } from "zod";

/** From sign-in, however busy the person is. */
export const SESSION_SECONDS = 8 * 60 * 60;

export const SessionToken = z.object({
  /** User id. */
  sub: z.string(),
  sessionVersion: z.number().int(),
  /** Seconds since 1970. */
  signedInAt: z.number().int(),
});
export type SessionToken = z.infer<typeof SessionToken>;
