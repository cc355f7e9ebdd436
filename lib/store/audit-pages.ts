/** The audit trail as the verifier reads it: every column as it stands, page by page, whatever wrote it. */
import "server-only";
import type { PrismaClient } from "@/prisma/generated/client";
import type { ChainedEntry, SealedAnchor } from "./audit-chain";

const ROWS_PER_PAGE = 5_000;

/** Ascending, after `seq`. Holds one page at a time. */
export async function* entriesAfter(prisma: PrismaClient, seq: bigint): AsyncGenerator<ChainedEntry> {
  for (let after = seq; ;) {
    const page = await prisma.auditEntry.findMany({
      where: { seq: { gt: after } },
      orderBy: { seq: "asc" },
      take: ROWS_PER_PAGE,
    });
    for (const { at, ...row } of page) yield { ...row, atMs: at.getTime() };
    const last = page.at(-1);
    if (!last || page.length < ROWS_PER_PAGE) return;
    after = last.seq;
  }
}

export async function readAnchors(prisma: PrismaClient): Promise<readonly SealedAnchor[]> {
  const rows = await prisma.auditAnchor.findMany({ orderBy: { seq: "asc" } });
  return rows.map(({ removedAt, ...row }) => ({ ...row, removedAtMs: removedAt.getTime() }));
}
