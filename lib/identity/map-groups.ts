/** OpenID Connect groups to roles and teams, by the operator's list. Pure. */
import type { OidcSettings } from "@/lib/domain/configuration";
import type { Role } from "@/lib/domain/role";
import { namesOf } from "./oidc-claims";

/**
 * The roles of somebody in these groups, in the order of the list and without repeats: the first is the one to start in,
 * the others may be switched to. Empty means: refuse the person.
 */
export function mapGroups(groups: readonly string[], settings: OidcSettings): readonly Role[] {
  const held = new Set(groups);
  return [...new Set(settings.roles.filter((rule) => held.has(rule.group)).map((rule) => rule.role))];
}

/**
 * The teams of somebody: those of their groups, then those of the teams claim, without repeats, the first hundred of `total`.
 * Undefined when the operator configured neither: then teams are an admin's business and a sign-in leaves them as they are.
 */
export function teamsOf(
  claims: Readonly<Record<string, unknown>>,
  { groupsClaim, teamsClaim, roles }: OidcSettings,
): { readonly teams: readonly string[]; readonly total: number } | undefined {
  if (teamsClaim === undefined && roles.every((rule) => rule.teams === undefined)) return undefined;
  const held = new Set(namesOf(claims, groupsClaim));
  const byGroup = roles.flatMap((rule) => (held.has(rule.group) ? (rule.teams ?? []) : []));
  const claimed = teamsClaim === undefined ? [] : namesOf(claims, teamsClaim);
  const teams = [...byGroup, ...claimed].map((team) => team.trim()).filter((team) => team !== "");
  const unique = [...new Set(teams)];
  return { teams: unique.slice(0, MAX_TEAMS), total: unique.length };
}

/** A provider with a mistake must not fill a row without end. */
const MAX_TEAMS = 100;
