/** The append-only record of who did or saw what. A trigger refuses changes, so there is nothing here to change with. */
import "server-only";
import { z } from "zod";
import type { PrismaClient } from "@/prisma/generated/client";

/** Ids and counts only, never payloads. */
const AuditSubject = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));
type AuditSubject = z.infer<typeof AuditSubject>;

export interface AuditEntry {
  /** User id, or `command` for work done on the server's command line, or `anonymous`. */
  readonly actor: string;
  /** The active role, or `none`. */
  readonly role: string;
  /** `area.verb`: `session.sign-in`, `token.issue`, `timeline.view`. */
  readonly action: string;
  readonly subject?: AuditSubject;
  readonly requestId?: string;
}

export interface StoredAuditEntry extends AuditEntry {
  readonly id: bigint;
  readonly at: Date;
}

export interface AuditRepository {
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  latest(limitRows: number): Promise<readonly StoredAuditEntry[]>;
}

export function createAuditRepository(prisma: PrismaClient): AuditRepository {
  return {
    async append(entry) {
      await prisma.auditEntry.create({ data: entry });
    },
    async latest(limitRows) {
      const rows = await prisma.auditEntry.findMany({ orderBy: { id: "desc" }, take: limitRows });
      return rows.map(({ subject, requestId, ...row }) => ({
        ...row,
        subject: AuditSubject.parse(subject),
        ...(requestId !== null && { requestId }),
      }));
    },
  };
}
