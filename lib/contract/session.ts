/** `/api/v1/sessions`: where the caller is signed in. */
import { z } from "zod";

/** Instants are ISO 8601 in UTC. */
export const SessionView = z.strictObject({
  id: z.string(),
  /** `Firefox on Linux`. */
  device: z.string(),
  via: z.enum(["password", "oidc"]),
  createdAt: z.string(),
  /** To the minute. */
  lastSeenAt: z.string(),
  /** However busy; an idle one ends earlier. */
  expiresAt: z.string(),
  /** The one that asks. */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;

export const SessionList = z.strictObject({ sessions: z.array(SessionView) });
export type SessionList = z.infer<typeof SessionList>;
