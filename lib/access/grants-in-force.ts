/** Services that a person was granted. */
import "server-only";

export function grantedServices(_userId: string, _incident: string, _now: Date): Promise<ReadonlySet<string> | "all"> {
  return Promise.resolve(new Set());
}
