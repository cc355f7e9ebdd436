/** From who asks and about which incident to what may be seen: policy, grants and reveals, all as they are now. */
import "server-only";
import type { Access, Lens } from "@/lib/domain/access";
import type { Ability } from "@/lib/domain/policy";
import type { Principal } from "@/lib/domain/principal";
import type { FieldClass } from "@/lib/domain/role";
import { ProblemError } from "@/lib/platform/problem-error";
import { rolePolicyOf } from "@/lib/redact/policy";
import { grantedServices } from "./grants-in-force";
import { policyInForce } from "./policy-in-force";
import { revealsInForce } from "./reveals-in-force";

/** `others`: further pairs of eyes that limit the view, as a shared link's maker and audience do. */
export async function accessOf(
  principal: Principal,
  incident: string,
  now: Date,
  others: readonly Lens[] = [],
): Promise<Access> {
  const { userId, role, via } = principal;
  const policy = await policyInForce();
  const rolePolicy = rolePolicyOf(policy.document, role);
  const [granted, revealed] = await Promise.all([
    grantedServices(userId, incident, now),
    // Break-glass is for the person at the screen: a script of theirs reads no more by it.
    via === "session" ? revealsInForce(userId, incident, rolePolicy, now) : new Set<FieldClass>(),
  ]);
  const own = { role: rolePolicy, teams: principal.teams, granted };
  return { role, lenses: [own, ...others], incident, revealed, policy };
}

/** Throws `ProblemError("forbidden")` when the active role may not do this, under the policy in force. */
export async function requireAbility(principal: Principal, ability: Ability): Promise<void> {
  if (await mayDo(principal, ability)) return;
  throw new ProblemError("forbidden", { detail: DENIED[ability] });
}

export async function mayDo(principal: Principal, ability: Ability): Promise<boolean> {
  return (await abilitiesOf(principal)).includes(ability);
}

/** What the active role may do, under the policy in force. */
export async function abilitiesOf({ role }: Principal): Promise<readonly Ability[]> {
  const { document } = await policyInForce();
  return rolePolicyOf(document, role).abilities;
}

const DENIED: Readonly<Record<Ability, string>> = {
  ask: "Your role opens only what was shared with you.",
  unlink: "Your role may not unlink.",
  export: "Your role may not export.",
  share: "Your role may not make links.",
  reveal: "Your role may not ask for more than it reads.",
  "second-reveal": "Your role may not be the second person of a reveal.",
  "review-reveals": "Your role does not review reveals.",
  "read-key-rules": "Your role may not read key rules.",
  "read-audit": "Your role may not read the audit trail.",
  "read-alerts": "Your role may not read the history of alerts.",
  "judge-alerts": "Your role may not judge alerts.",
  "read-review": "Your role may not read the monthly review.",
  "decide-review": "Your role may not decide in the monthly review.",
  administer: "Only admins may do this.",
};

/** Changes whenever what an open stream shows could have to change: such a stream ends, and its reader asks again. */
export function standingOf({ role, lenses, revealed, policy }: Access): string {
  const seen = lenses.map((lens) => [lens.role.name, [...lens.teams].sort(), scopeText(lens.granted)]);
  return JSON.stringify([role, policy.hash, [...revealed].sort(), seen]);
}

function scopeText(granted: Lens["granted"]): readonly string[] | "all" {
  return granted === "all" ? granted : [...granted].sort();
}
