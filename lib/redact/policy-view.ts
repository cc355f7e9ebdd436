/** What an answer says about the policy behind it: the same for every row, so that it tells nothing about any of them. */
import type { QueryView } from "@/lib/contract/timeline-answer";
import { FIELD_CLASSES } from "@/lib/domain/role";
import type { RedactionContext } from "./redaction-context";

type PolicyView = Pick<QueryView, "policyVersion" | "policyHash" | "hidden" | "revealed" | "shared" | "abilities">;

/** `hidden` lists classes by what the policy grants, never by what a record held. */
export function policyView({ access, base }: RedactionContext): PolicyView {
  const [own] = access.lenses;
  const isShared = access.lenses.length > 1;
  return {
    policyVersion: access.policy.label,
    policyHash: access.policy.hash.slice(0, 12),
    hidden: FIELD_CLASSES.filter((fieldClass) => ["absent", "template"].includes(base.treat(fieldClass))),
    revealed: [...access.revealed],
    shared: isShared,
    // Who looks through somebody else's link only looks.
    abilities: isShared || !own ? [] : [...own.role.abilities],
  };
}
