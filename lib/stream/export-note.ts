/** What stands on an export beside the answer: when it was made, and for whom. Pure. */
import type { QueryView } from "@/lib/contract/timeline-answer";
import type { Role } from "@/lib/domain/role";

export interface ExportNote {
  readonly exportedAt: Date;
  /** The role that it was made for, where that is another one than the exporter's. */
  readonly audience?: Role;
}

/** `As support may read it, policy v12 (1f3a…)`. */
export function readerWords({ role, policyVersion, policyHash }: QueryView, audience: Role | undefined): string {
  const isOther = audience !== undefined && audience !== role;
  const who = isOther ? `${role} and ${audience} both` : role;
  return `As ${who} may read it, policy ${policyVersion} (${policyHash})`;
}
