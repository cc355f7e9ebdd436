/** Links that let one person judge one episode, found by the SHA-256 of their token only. */
import "server-only";
import type { AlertVerdict } from "@/lib/domain/on-call";
import type { PrismaClient } from "@/prisma/generated/client";

export interface StoredVerdictLink {
  readonly id: string;
  readonly episodeId: string;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

/** `hash`: SHA-256 of the token, hex. */
export type NewVerdictLinkRow = Omit<StoredVerdictLink, "usedAt"> & { readonly hash: string };

export interface VerdictLinkRepository {
  create(link: NewVerdictLinkRow): Promise<StoredVerdictLink>;
  /** Also one that was used or is over. */
  find(hash: string): Promise<StoredVerdictLink | null>;
  /**
   * Uses the link up and keeps the verdict: both or neither. False when it was used before or is over at `createdAt`: of two
   * that come at once exactly one judges.
   */
  judge(id: string, verdict: AlertVerdict): Promise<boolean>;
}

export function createVerdictLinkRepository(prisma: PrismaClient): VerdictLinkRepository {
  const select = { id: true, episodeId: true, userId: true, expiresAt: true, usedAt: true } as const;
  return {
    create: (data) => prisma.verdictLink.create({ data, select }),
    find: (hash) => prisma.verdictLink.findUnique({ where: { hash }, select }),
    judge: (id, verdict) =>
      prisma.$transaction(async (work) => {
        const where = { id, usedAt: null, expiresAt: { gt: verdict.createdAt } };
        const { count } = await work.verdictLink.updateMany({ where, data: { usedAt: verdict.createdAt } });
        if (count === 0) return false;
        await work.verdict.create({ data: verdict });
        return true;
      }),
  };
}
