/** A link to one timeline as the database keeps it: never its token, never its question in the clear. */
import type { Role } from "./role";

export interface StoredShareLink {
  readonly id: string;
  /** First characters of the token, to recognise it by. */
  readonly prefix: string;
  readonly createdBy: string;
  /** The role its maker acted in: what the link shows is never more than that role may see now. */
  readonly createdAs: Role;
  /** The role that the link is made for; null for no further limit. */
  readonly audience: Role | null;
  /** Keyed digest of the incident's asked keys. */
  readonly incident: string;
  /** Sealed. */
  readonly question: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly opened: number;
  readonly lastOpenedAt: Date | null;
}
