/** Links to timelines in the database, found by the SHA-256 of their token only. Nothing is deleted: a list tells what was. */
import "server-only";
import { Role } from "@/lib/domain/role";
import type { StoredShareLink } from "@/lib/domain/stored-share-link";
import type { PrismaClient, ShareLink as ShareLinkRow } from "@/prisma/generated/client";
import { isUuid } from "./is-uuid";

export interface NewStoredShareLink {
  /** Chosen by the caller, because the question is sealed to it. */
  readonly id: string;
  /** SHA-256 of the whole token, hex. */
  readonly hash: string;
  readonly prefix: string;
  readonly createdBy: string;
  readonly createdAs: Role;
  readonly audience: Role | null;
  readonly incident: string;
  readonly question: string;
  readonly expiresAt: Date;
}

export interface ShareLinkRepository {
  findByHash(hash: string): Promise<StoredShareLink | null>;
  /** Newest first, at most `limitRows`; of one person, or of everybody. `total`: of all that there are. */
  list(limitRows: number, createdBy?: string): Promise<{ links: readonly StoredShareLink[]; total: number }>;
  create(link: NewStoredShareLink): Promise<StoredShareLink>;
  /** Whether `revoke` would find it now. */
  canRevoke(id: string, createdBy?: string): Promise<boolean>;
  /** False when there is no such live link, or it belongs to somebody else than `createdBy` (when given). */
  revoke(id: string, at: Date, createdBy?: string): Promise<boolean>;
  noteOpening(id: string, at: Date): Promise<void>;
}

export function createShareLinkRepository(prisma: PrismaClient): ShareLinkRepository {
  return {
    async findByHash(hash) {
      const row = await prisma.shareLink.findUnique({ where: { hash } });
      return row ? toLink(row) : null;
    },
    async list(limitRows, createdBy) {
      const where = createdBy === undefined ? {} : { createdBy };
      const orderBy = [{ createdAt: "desc" as const }, { id: "desc" as const }];
      const rows = await prisma.shareLink.findMany({ where, orderBy, take: limitRows });
      const total = rows.length < limitRows ? rows.length : await prisma.shareLink.count({ where });
      return { links: rows.map(toLink), total: Math.max(total, rows.length) };
    },
    create: async (link) => toLink(await prisma.shareLink.create({ data: link })),
    canRevoke: async (id, createdBy) =>
      isUuid(id) && (await prisma.shareLink.count({ where: revocable(id, createdBy) })) === 1,
    revoke: async (id, revokedAt, createdBy) =>
      isUuid(id) &&
      (await prisma.shareLink.updateMany({ where: revocable(id, createdBy), data: { revokedAt } })).count === 1,
    async noteOpening(id, lastOpenedAt) {
      await prisma.shareLink.updateMany({ where: { id }, data: { opened: { increment: 1 }, lastOpenedAt } });
    },
  };
}

function revocable(id: string, createdBy?: string) {
  return { id, revokedAt: null, ...(createdBy !== undefined && { createdBy }) };
}

function toLink({ hash: _hash, createdAs, audience, ...row }: ShareLinkRow): StoredShareLink {
  return { ...row, createdAs: Role.parse(createdAs), audience: audience === null ? null : Role.parse(audience) };
}
