/** How an incident is known as long as it has no id of its own: a keyed digest of the keys it is asked by. Pure. */
import { keyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import { publicIds } from "@/lib/redact/redaction-context";

/** The same set of keys is the same incident, in any order and for every role. */
export function incidentDigest(keys: readonly CorrelationKey[], idKey: Buffer): string {
  return publicIds(idKey)(`incident\n${keys.map(keyId).sort().join("\n")}`);
}
