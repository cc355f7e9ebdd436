/** Links that let one person judge one episode, found by the SHA-256 of their token only. */
import "server-only";
import type { PrismaClient } from "@/prisma/generated/client";

export interface StoredVerdictLink {
  readonly id: string;
  readonly episodeId: string;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

export interface VerdictLinkRepository {
  create(link: { hash: string; episodeId: string; userId: string; expiresAt: Date }): Promise<StoredVerdictLink>;
  find(hash: string): Promise<StoredVerdictLink | null>;
  /** False when it was used before: of two that come at once exactly one may go on. */
  use(id: string, at: Date): Promise<boolean>;
}

export function createVerdictLinkRepository(prisma: PrismaClient): VerdictLinkRepository {
  const select = { id: true, episodeId: true, userId: true, expiresAt: true, usedAt: true } as const;
  return {
    create: (data) => prisma.verdictLink.create({ data, select }),
    find: (hash) => prisma.verdictLink.findUnique({ where: { hash }, select }),
    async use(id, usedAt) {
      return (await prisma.verdictLink.updateMany({ where: { id, usedAt: null }, data: { usedAt } })).count === 1;
    },
  };
}
