/** What we read of an OpenID Connect person. Claims come from outside, so each is checked (OIDC Core 1.0 §5.1). */
import { z } from "zod";

export const OidcClaims = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().max(254),
  /** Some providers send it as text. */
  email_verified: z
    .union([z.boolean(), z.literal("true").transform(() => true)])
    .optional()
    .catch(false),
  name: z.string().max(200).optional().catch(undefined),
});
export type OidcClaims = z.infer<typeof OidcClaims>;

/** Names in the operator's claim for groups or teams: a list, or one name. Anything else is none. */
export function namesOf(claims: Readonly<Record<string, unknown>>, claim: string): readonly string[] {
  const names = z.union([z.array(z.string()), z.string().transform((name) => [name])]).safeParse(claims[claim]);
  return names.success ? names.data : [];
}

/**
 * When the person last gave the provider a proof (`auth_time`, OIDC Core 1.0 §2): a provider that only remembers them from
 * this morning says this morning. Undefined when it does not tell.
 */
export function provenAtOf(claims: Readonly<Record<string, unknown>>): Date | undefined {
  const seconds = z.number().positive().max(LATEST_SECONDS).safeParse(claims.auth_time);
  return seconds.success ? new Date(seconds.data * 1000) : undefined;
}

/** The last second that a `Date` can hold. */
const LATEST_SECONDS = 8.64e12;
