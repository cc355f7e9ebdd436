/** `/api/v1/tokens`: what may be asked and what is answered. A token's text is in the answer to its creation only. */
import { z } from "zod";
import { Role } from "@/lib/domain/role";

export const NewApiToken = z.strictObject({
  name: z.string().trim().min(1, "expected a name").max(100, "expected at most 100 characters"),
  role: Role,
  days: z.number().int("expected whole days").min(1, "expected 1 to 365").max(365, "expected 1 to 365"),
});
export type NewApiToken = z.infer<typeof NewApiToken>;

/** Instants are ISO 8601 in UTC. */
export const ApiTokenView = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: Role,
  /** First characters, to recognise the token by. */
  prefix: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type ApiTokenView = z.infer<typeof ApiTokenView>;

export const ApiTokenList = z.strictObject({ tokens: z.array(ApiTokenView) });
export const IssuedApiToken = z.strictObject({ ...ApiTokenView.shape, token: z.string() });
