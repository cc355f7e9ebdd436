/** The keys of the audit chain. New entries are made with the current one; former ones only verify. */
import "server-only";
import { deriveFrom, type InstallationKeys } from "@/lib/platform/installation-key";

export interface AuditKeys {
  readonly current: Buffer;
  readonly previous: readonly Buffer[];
}

/** A change of the installation key goes on in the same chain: each entry verifies under the key it was made with. */
export function auditKeysOf({ current, previous }: InstallationKeys): AuditKeys {
  const auditKey = (key: Buffer) => deriveFrom(key, "audit");
  return { current: auditKey(current), previous: previous.map(auditKey) };
}
