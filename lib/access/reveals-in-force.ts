/** Classes that are open to a person in one incident. */
import "server-only";
import type { FieldClass, Role } from "@/lib/domain/role";

export function revealsInForce(
  _userId: string,
  _incident: string,
  _role: Role,
  _now: Date,
): Promise<ReadonlySet<FieldClass>> {
  return Promise.resolve(new Set());
}
