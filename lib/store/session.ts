/** A signed-in browser as the database keeps one. */

export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly via: SessionVia;
  /** When the person last proved who they are. */
  readonly provenAt: Date;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** However busy. */
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  /** Browser family only. */
  readonly device: string;
}

export type SessionVia = "password" | "oidc";
