/** OpenID Connect groups to roles, by the operator's list. Pure. */
import type { OidcSettings } from "@/lib/domain/configuration";
import type { Role } from "@/lib/domain/role";

/**
 * The roles of somebody in these groups, in the order of the list and without repeats: the first is the one to start in,
 * the others may be switched to. Empty means: refuse the person.
 */
export function mapGroups(groups: readonly string[], settings: OidcSettings): readonly Role[] {
  const held = new Set(groups);
  return [...new Set(settings.roles.filter((rule) => held.has(rule.group)).map((rule) => rule.role))];
}
