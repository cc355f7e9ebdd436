/** What a share link shows to the person who opens it: never more than they, its maker and its audience may each see now. */
import "server-only";
import type { Access, Lens } from "@/lib/domain/access";
import type { Principal } from "@/lib/domain/principal";
import type { Role } from "@/lib/domain/role";
import { ProblemError } from "@/lib/platform/problem-error";
import { rolePolicyOf } from "@/lib/redact/policy";
import { policyInForce } from "./policy-in-force";
import { accessOf } from "./resolve-access";
import type { LiveShareLink } from "./share-links";

/**
 * Throws `ProblemError("not-found")` as for an unknown link when its maker may not share any more, or when the viewer's
 * role only sees what was granted and no grant covers this incident.
 */
export async function accessThroughLink(
  viewer: Principal,
  { link, maker }: Pick<LiveShareLink, "link" | "maker">,
  now: Date,
): Promise<Access> {
  const [makersLens] = (await accessOf(maker, link.incident, now)).lenses;
  if (!makersLens?.role.abilities.includes("share")) throw new ProblemError("not-found");
  const viewed = await accessOf(viewer, link.incident, now);
  // A policy may be published between the two looks: all eyes see under one, the newer.
  const makersRole = rolePolicyOf(viewed.policy.document, maker.role);
  if (!makersRole.abilities.includes("share")) throw new ProblemError("not-found");
  const access = { ...viewed, lenses: [...viewed.lenses, { ...makersLens, role: makersRole }] };
  const [own] = access.lenses;
  if (!own || !(own.role.abilities.includes("ask") || isGranted(own))) throw new ProblemError("not-found");
  return narrowedTo(access, link.audience);
}

/**
 * Further limited to what `audience` may read; that role sees as its own what the asker does. Without what a reveal opened:
 * it was opened for the asker's eyes alone.
 */
export function narrowedTo(access: Access, audience: Role | null): Access {
  const [own] = access.lenses;
  const plain = { ...access, revealed: new Set<never>() };
  if (audience === null || !own) return plain;
  const lens: Lens = { ...own, role: rolePolicyOf(access.policy.document, audience) };
  return { ...plain, lenses: [...access.lenses, lens] };
}

/** Names of the roles that something can be made for. */
export async function audiences(): Promise<readonly Role[]> {
  return (await policyInForce()).document.roles.map(({ name }) => name);
}

/** Throws `ProblemError` naming the field for a role that the policy does not know: it would see nothing. */
export async function requireAudience(audience: Role | undefined): Promise<Role | null> {
  if (audience === undefined) return null;
  if ((await audiences()).includes(audience)) return audience;
  throw new ProblemError("bad-request", { field: "audience", detail: "Expected a role of the policy in force." });
}

/** What a reveal opened must not leave the screen. */
export function refuseWhileRevealed({ revealed }: Access): void {
  if (revealed.size === 0) return;
  const detail = "Not while a reveal is in force for this incident. End it, or wait until it is over.";
  throw new ProblemError("forbidden", { detail });
}

function isGranted({ granted }: Lens): boolean {
  return granted === "all" || granted.size > 0;
}
