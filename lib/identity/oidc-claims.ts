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

/** Groups in the operator's claim: a list of names, or one name. Anything else is no group. */
export function groupsOf(claims: Readonly<Record<string, unknown>>, groupsClaim: string): readonly string[] {
  const groups = z
    .union([z.array(z.string()), z.string().transform((group) => [group])])
    .safeParse(claims[groupsClaim]);
  return groups.success ? groups.data : [];
}
