/** A signed-in person for tests of what people do with access. */
import { randomUUID } from "node:crypto";
import type { Principal } from "@/lib/domain/principal";
import type { Role } from "@/lib/domain/role";

/** Proved who they are at `provenAt`. */
export function somebody(role: Role, provenAt: Date, part: Partial<Principal> = {}): Principal {
  const name = `${role.charAt(0).toUpperCase()}${role.slice(1)}`;
  return {
    ...{ userId: randomUUID(), displayName: name, email: `${role}@example.test`, role, teams: [] },
    ...{ via: "session", sessionId: randomUUID(), provenAt, ...part },
  };
}
