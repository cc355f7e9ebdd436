/** A person as the database keeps one. Never crosses to a browser. */
import type { Role } from "@/lib/domain/role";

export interface User {
  readonly id: string;
  /** Lower case. */
  readonly email: string;
  readonly name: string;
  /** The active role, one of `roles`. */
  readonly role: Role;
  readonly roles: readonly Role[];
  readonly teams: readonly string[];
  /** Null for people who sign in by OpenID Connect only. */
  readonly passwordHash: string | null;
  readonly oidcSubject: string | null;
  readonly sessionVersion: number;
  readonly disabledAt: Date | null;
  /** Failures since the last success. */
  readonly failedSignIns: number;
  readonly lockedUntil: Date | null;
  readonly createdAt: Date;
}
