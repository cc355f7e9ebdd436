/**
 * What an (encrypted) session cookie says: which session, of whom, under which session version. It holds no role and no
 * standing: what stood in a token would stay valid after an admin took it away.
 */
import { z } from "zod";

export const SessionToken = z.object({
  /** User id. */
  sub: z.string(),
  sessionId: z.string(),
  sessionVersion: z.number().int(),
});
export type SessionToken = z.infer<typeof SessionToken>;
