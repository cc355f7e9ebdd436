/** The administration pages that somebody may open, in order. The pages check for themselves. Pure. */
import type { Ability } from "@/lib/domain/policy";

export interface AdminPlace {
  readonly href: string;
  readonly label: string;
}

const PLACES: readonly (AdminPlace & { readonly abilities: readonly Ability[] })[] = [
  { href: "/admin/policy", label: "Policy", abilities: ["administer"] },
  { href: "/admin/people", label: "People", abilities: ["administer"] },
  { href: "/admin/requests", label: "Access requests", abilities: ["administer"] },
  { href: "/admin/sources", label: "Sources", abilities: ["administer"] },
  { href: "/admin/webhooks", label: "Webhooks", abilities: ["administer"] },
  { href: "/admin/on-call", label: "On-call", abilities: ["administer"] },
  { href: "/admin/keys", label: "Key rules", abilities: ["read-key-rules"] },
  { href: "/admin/reveals", label: "Reveals", abilities: ["second-reveal", "review-reveals"] },
  { href: "/admin/audit", label: "Audit", abilities: ["read-audit"] },
];

export function adminPlaces(abilities: readonly Ability[]): AdminPlace[] {
  return PLACES.filter((place) => place.abilities.some((one) => abilities.includes(one))).map(({ href, label }) => ({
    href,
    label,
  }));
}
