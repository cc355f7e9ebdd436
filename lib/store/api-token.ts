/** An API token as the database keeps it: never the token itself. */
import type { Role } from "@/lib/domain/role";

export interface ApiToken {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  /** First characters of the token, to recognise it by. */
  readonly prefix: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}
