/** What one asker may see of one incident: made by `lib/access` per request, applied by `lib/redact`. */
import type { PolicyInForce, RolePolicy } from "./policy";
import type { FieldClass, Role } from "./role";

/** One pair of eyes. A shared view has several: what is shown is what each of them may see. */
export interface Lens {
  readonly role: RolePolicy;
  /** Teams of the person, by which services are their own. */
  readonly teams: readonly string[];
  /** Canonical services of live grants that cover this incident; `all` for a grant without a list. */
  readonly granted: ReadonlySet<string> | "all";
}

export interface Access {
  /** The asker's active role, for words. */
  readonly role: Role;
  /** At least one; the first is the asker's own. */
  readonly lenses: readonly Lens[];
  /** Keyed digest of the incident's asked keys. */
  readonly incident: string;
  /** Classes open to the asker by a reveal that is in force for this incident. */
  readonly revealed: ReadonlySet<FieldClass>;
  readonly policy: PolicyInForce;
}
