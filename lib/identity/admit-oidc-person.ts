/** Turns an OpenID Connect sign-in into a user: found by subject, linked by verified address, or created. */
import "server-only";
import type { OidcSettings } from "@/lib/domain/configuration";
import type { Role } from "@/lib/domain/role";
import type { Store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { mapGroups } from "./map-groups";
import { groupsOf, OidcClaims } from "./oidc-claims";

export interface OidcSignIn {
  /** The claims of ID token and userinfo, as next-auth verified them. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly issuer: string;
  readonly settings: OidcSettings;
}

/**
 * The user, with the roles that the groups give now; null when the person is refused: no mapped group, no usable
 * address, disabled, or an address that belongs to somebody else and is not verified.
 */
export async function admitOidcPerson(
  { claims, issuer, settings }: OidcSignIn,
  { users, audit }: Pick<Store, "users" | "audit">,
): Promise<User | null> {
  const parsed = OidcClaims.safeParse(claims);
  const roles = mapGroups(groupsOf(claims, settings.groupsClaim), settings);
  const first = roles[0];
  if (!parsed.success || first === undefined) {
    await audit.append({ actor: "anonymous", role: "none", action: "session.refused", detail: { by: "oidc" } });
    return null;
  }
  const oidcSubject = oidcSubjectOf(issuer, parsed.data.sub);
  const known = await findKnown(parsed.data, oidcSubject, users);
  if (known === "not-theirs" || known?.disabledAt) return null;
  const user = known
    ? await users.update(known.id, { roles, role: keepRole(known.role, roles, first), oidcSubject })
    : await users.create({ ...identityOf(parsed.data), role: first, roles, passwordHash: null, oidcSubject });
  if (user) await audit.append({ actor: user.id, role: user.role, action: "session.sign-in", detail: { by: "oidc" } });
  return user;
}

/** One subject means one person only together with its issuer. */
export function oidcSubjectOf(issuer: string, sub: string): string {
  return `${issuer.replace(/\/$/, "")}|${sub}`;
}

async function findKnown(
  claims: OidcClaims,
  oidcSubject: string,
  users: Store["users"],
): Promise<User | null | "not-theirs"> {
  const bySubject = await users.findByOidcSubject(oidcSubject);
  if (bySubject) return bySubject;
  const byEmail = await users.findByEmail(claims.email);
  if (!byEmail) return null;
  // Whoever can write any address into an identity provider must not become the owner of that address here.
  return byEmail.oidcSubject === null && claims.email_verified === true ? byEmail : "not-theirs";
}

function identityOf(claims: OidcClaims): { readonly email: string; readonly name: string } {
  return { email: claims.email, name: claims.name ?? claims.email };
}

/** Somebody who switched roles stays in the chosen one, as long as the groups still give it. */
function keepRole(current: Role, roles: readonly Role[], first: Role): Role {
  return roles.includes(current) ? current : first;
}
