/** What a vendor or contractor may see, and until when. */
export interface StoredGrant {
  readonly id: string;
  readonly userId: string;
  /** Canonical service names. Empty: every service of the one incident. */
  readonly services: readonly string[];
  /** Keyed digest of the incident's asked keys; undefined for every incident of these services. */
  readonly incident: string | undefined;
  readonly reason: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | undefined;
}

export function grantState(
  { revokedAt, expiresAt }: Pick<StoredGrant, "revokedAt" | "expiresAt">,
  now: Date,
): "in-force" | "expired" | "revoked" {
  if (revokedAt) return "revoked";
  return expiresAt <= now ? "expired" : "in-force";
}
