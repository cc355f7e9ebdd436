/** The append-only record of who did or saw what. A trigger refuses changes, so there is nothing here to change with. */
import "server-only";
import type { PrismaClient } from "@/prisma/generated/client";
import { GENESIS, type ChainLink } from "./audit-chain";
import { AuditDetail, type AuditEntry, type StoredAuditEntry } from "./audit-entry";
import type { AuditKeys } from "./audit-keys";
import { entriesAfter, readAnchors } from "./audit-pages";
import { createAuditReader, type AuditReader } from "./audit-reader";
import { AuditWriter } from "./audit-writer";
import { pruneAudit, type PrunedEntries } from "./prune-audit";
import { startOfChain, verifyAuditChain, type ChainFault, type ChainReport } from "./verify-audit-chain";

export type { AuditEntry } from "./audit-entry";

export interface AuditRepository extends AuditReader {
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  latest(limitRows: number): Promise<readonly StoredAuditEntry[]>;
  /** Of the newest entry. To be kept where whoever can write to the database cannot. */
  head(): Promise<ChainLink>;
  /** The last entry that was removed. */
  beginning(): Promise<ChainLink>;
  /**
   * From the first entry that is left, or of the newest `lastRows` only. `kept`: a head from elsewhere, which tells when
   * entries at the end are gone.
   */
  verify(options?: { readonly lastRows?: number; readonly kept?: ChainLink | undefined }): Promise<AuditReport>;
  /** Removes entries from before `before`. Records nothing itself. */
  prune(before: Date): Promise<PrunedEntries | undefined>;
}

export interface AuditReport extends ChainReport {
  /** What the first verified entry follows. */
  readonly start: ChainLink;
}

/** Pruning may go on while the chain is read. */
const MAX_RESTARTS = 3;

export function createAuditRepository(prisma: PrismaClient, keys: () => AuditKeys): AuditRepository {
  const writer = new AuditWriter(prisma, () => keys().current);
  return {
    ...createAuditReader(prisma),
    append: (entry) => writer.append(entry),
    async latest(limitRows) {
      const rows = await prisma.auditEntry.findMany({ orderBy: { seq: "desc" }, take: limitRows });
      return rows.map(({ detail, requestId, incident, hash: _hash, ...row }) => ({
        ...row,
        detail: AuditDetail.parse(detail),
        ...(incident !== null && { incident }),
        ...(requestId !== null && { requestId }),
      }));
    },
    head: () => headOf(prisma),
    beginning: async () => (await readAnchors(prisma)).at(-1) ?? GENESIS,
    async verify({ lastRows, kept } = {}) {
      const { current, previous } = keys();
      const all = [current, ...previous];
      for (let restarts = 0; ; restarts++) {
        const start = lastRows === undefined ? await sealedStart(prisma, all) : await linkBefore(prisma, lastRows, all);
        if ("kind" in start) return { fault: start, entries: 0, unchained: 0, head: GENESIS, start: GENESIS };
        const report = await verifyAuditChain(entriesAfter(prisma, start.seq), { keys: all, start, kept });
        if (!report.fault || restarts === MAX_RESTARTS || !(await isPrunedSince(prisma, start))) {
          return { ...report, start };
        }
      }
    },
    prune: (before) => pruneAudit(prisma, keys().current, before),
  };
}

async function headOf(prisma: PrismaClient): Promise<ChainLink> {
  const last = await prisma.auditEntry.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } });
  return last ?? (await readAnchors(prisma)).at(-1) ?? GENESIS;
}

async function sealedStart(prisma: PrismaClient, keys: readonly Buffer[]): Promise<ChainLink | ChainFault> {
  return startOfChain(await readAnchors(prisma), keys);
}

/** The entry before the newest `lastRows`, taken as it stands. */
async function linkBefore(prisma: PrismaClient, lastRows: number, keys: readonly Buffer[]) {
  const [before] = await prisma.auditEntry.findMany({
    orderBy: { seq: "desc" },
    skip: lastRows,
    take: 1,
    select: { seq: true, hash: true },
  });
  return before ?? sealedStart(prisma, keys);
}

async function isPrunedSince(prisma: PrismaClient, start: ChainLink): Promise<boolean> {
  const newest = (await readAnchors(prisma)).at(-1);
  return newest !== undefined && newest.seq > start.seq;
}
