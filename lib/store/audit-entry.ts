/** One entry of the audit trail as the program writes and reads it. */
import { z } from "zod";

/** Ids and counts only, never payloads. */
export const AuditDetail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));
export type AuditDetail = z.infer<typeof AuditDetail>;

export interface AuditEntry {
  /** User id, or `command` for work done on the server's command line, `system` for its own work, or `anonymous`. */
  readonly actor: string;
  /** The active role, or `none`. */
  readonly role: string;
  /** `area.verb`: `session.sign-in`, `token.issue`, `timeline.view`. */
  readonly action: string;
  /** Keyed digest of the incident, where the entry is about one. */
  readonly incident?: string;
  /** Whose data: key ids of business kinds as they are, accounts and people as their stand-ins. */
  readonly subjects?: readonly string[];
  readonly detail?: AuditDetail;
  /** Joins the entries of one request. */
  readonly requestId?: string;
}

export interface StoredAuditEntry extends AuditEntry {
  readonly seq: bigint;
  readonly at: Date;
}
