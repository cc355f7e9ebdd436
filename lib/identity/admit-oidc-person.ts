/** Turns an OpenID Connect sign-in into a user: found by subject, linked by verified address, or created. */
import "server-only";
import type { OidcSettings } from "@/lib/domain/configuration";
import type { Role } from "@/lib/domain/role";
import { log } from "@/lib/platform/log";
import type { Store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { mapGroups, teamsOf } from "./map-groups";
import { namesOf, OidcClaims } from "./oidc-claims";

export interface OidcSignIn {
  /** The claims of ID token and userinfo, as next-auth verified them. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly issuer: string;
  readonly settings: OidcSettings;
}

/**
 * The user, with the roles and teams that the claims give now; null when the person is refused: no mapped group, no usable
 * address, disabled, or an address that belongs to somebody else and is not verified.
 */
export async function admitOidcPerson(
  { claims, issuer, settings }: OidcSignIn,
  { users, audit }: Pick<Store, "users" | "audit">,
): Promise<User | null> {
  const parsed = OidcClaims.safeParse(claims);
  const roles = mapGroups(namesOf(claims, settings.groupsClaim), settings);
  const first = roles[0];
  if (!parsed.success || first === undefined) return refuse(audit);
  const oidcSubject = oidcSubjectOf(issuer, parsed.data.sub);
  const known = await findKnown(parsed.data, oidcSubject, users);
  if (known === "not-theirs") return refuse(audit);
  if (known?.disabledAt) return refuse(audit, known);
  const claimed = teamsOf(claims, settings);
  const given = { roles, oidcSubject, ...(claimed && { teams: claimed.teams }) };
  const user = known
    ? await users.update(known.id, { ...given, role: keepRole(known.role, roles, first) })
    : await users.create({ ...identityOf(parsed.data), ...given, role: first, passwordHash: null });
  if (user && claimed && claimed.teams.length < claimed.total) await noteTeamsLeftOut(audit, user, claimed);
  return user;
}

/** What a person may see depends on their teams: those that were not taken over are on record, and in the log. */
async function noteTeamsLeftOut(
  audit: Store["audit"],
  { id: actor, role }: User,
  { teams, total }: NonNullable<ReturnType<typeof teamsOf>>,
): Promise<void> {
  const detail = { shown: teams.length, total };
  log("identity").warn(detail, "teams left out");
  await audit.append({ actor, role, action: "session.teams-left-out", detail });
}

async function refuse(audit: Store["audit"], known?: User): Promise<null> {
  const who = known ? { actor: known.id, role: known.role } : { actor: "anonymous", role: "none" };
  await audit.append({ ...who, action: "session.refused", detail: { by: "oidc" } });
  return null;
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
