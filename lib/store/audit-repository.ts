/** The append-only record of who did or saw what. A trigger refuses changes, so there is nothing here to change with. */
import "server-only";
import { z } from "zod";
import type { PrismaClient } from "@/prisma/generated/client";

/** Ids and counts only, never payloads. */
const AuditDetail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));
export type AuditDetail = z.infer<typeof AuditDetail>;

export interface AuditEntry {
  /** User id, or `command` for work done on the server's command line, or `anonymous`. */
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
  readonly requestId?: string;
}

export interface StoredAuditEntry extends AuditEntry {
  readonly seq: bigint;
  readonly at: Date;
}

export interface AuditRepository {
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  latest(limitRows: number): Promise<readonly StoredAuditEntry[]>;
}

/** One writer at a time: each entry needs the hash of the one before it. */
const CHAIN_LOCK = 7_303_014;

export function createAuditRepository(prisma: PrismaClient): AuditRepository {
  return {
    async append({ subjects = [], detail = {}, ...entry }) {
      await prisma.$transaction(async (work) => {
        await work.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK})`;
        const last = await work.auditEntry.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } });
        const seq = (last?.seq ?? 0n) + 1n;
        await work.auditEntry.create({
          data: { ...entry, seq, at: new Date(), subjects: [...subjects], detail, hash: "" },
        });
      });
    },
    async latest(limitRows) {
      const rows = await prisma.auditEntry.findMany({ orderBy: { seq: "desc" }, take: limitRows });
      return rows.map(({ detail, requestId, incident, hash: _hash, ...row }) => ({
        ...row,
        detail: AuditDetail.parse(detail),
        ...(incident !== null && { incident }),
        ...(requestId !== null && { requestId }),
      }));
    },
  };
}
