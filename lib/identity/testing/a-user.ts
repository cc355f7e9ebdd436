/** A person for tests. */
import type { User } from "@/lib/store/user";

export function aUser(change: Partial<User> = {}): User {
  return {
    id: "01900000-0000-7000-8000-000000000001",
    email: "ada@example.test",
    name: "Ada",
    role: "engineer",
    roles: ["engineer", "support"],
    teams: ["orders"],
    passwordHash: null,
    oidcSubject: null,
    sessionVersion: 1,
    disabledAt: null,
    failedSignIns: 0,
    lockedUntil: null,
    createdAt: new Date("2026-01-01T00:00:00Z"),
    ...change,
  };
}
