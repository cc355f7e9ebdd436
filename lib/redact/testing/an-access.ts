/** What somebody in a role may see, for tests: the built-in policy, no grants, no reveals, unless said otherwise. */
import type { Access } from "@/lib/domain/access";
import type { PolicyDocument } from "@/lib/domain/policy";
import type { FieldClass, Role } from "@/lib/domain/role";
import { DEFAULT_POLICY, policyHash, rolePolicyOf } from "../policy";

interface Wanted {
  readonly policy?: PolicyDocument;
  readonly teams?: readonly string[];
  readonly granted?: ReadonlySet<string> | "all";
  readonly revealed?: readonly FieldClass[];
  readonly incident?: string;
  /** Roles that look along: what is shown is what each of them may see. */
  readonly with?: readonly Role[];
}

export function anAccess(role: Role, wanted: Wanted = {}): Access {
  const { policy = DEFAULT_POLICY, teams = [], granted = new Set<string>(), revealed = [], incident = "i" } = wanted;
  const lensOf = (name: Role) => ({ role: rolePolicyOf(policy, name), teams, granted });
  return {
    role,
    lenses: [role, ...(wanted.with ?? [])].map(lensOf),
    incident,
    revealed: new Set(revealed),
    policy: { document: policy, label: "test", hash: policyHash(policy), provisioned: false },
  };
}
