/** The administration pages that somebody may open, in order. The pages check for themselves. Pure. */
import type { Ability } from "@/lib/domain/policy";

export interface AdminPlace {
  readonly href: string;
  readonly label: string;
}

const PLACES: readonly (AdminPlace & { readonly ability: Ability })[] = [
  { href: "/admin/policy", label: "Policy", ability: "administer" },
  { href: "/admin/sources", label: "Sources", ability: "administer" },
  { href: "/admin/keys", label: "Key rules", ability: "read-key-rules" },
  { href: "/admin/audit", label: "Audit", ability: "read-audit" },
];

export function adminPlaces(abilities: readonly Ability[]): AdminPlace[] {
  return PLACES.filter(({ ability }) => abilities.includes(ability)).map(({ href, label }) => ({ href, label }));
}
