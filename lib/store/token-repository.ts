/** API tokens in the database, found by their SHA-256 only. */
import "server-only";
import { Role } from "@/lib/domain/role";
import type { ApiToken as TokenRow, PrismaClient } from "@/prisma/generated/client";
import type { ApiToken } from "./api-token";
import { isUuid } from "./is-uuid";

export interface NewApiToken {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  /** SHA-256 of the whole token, hex. */
  readonly hash: string;
  readonly prefix: string;
  readonly expiresAt: Date;
}

export interface TokenRepository {
  findByHash(hash: string): Promise<ApiToken | null>;
  /** Newest first; of one person, or of everybody. */
  list(userId?: string): Promise<readonly ApiToken[]>;
  create(token: NewApiToken): Promise<ApiToken>;
  /** False when there is no such live token, or it belongs to somebody else than `userId` (when given). */
  revoke(id: string, at: Date, userId?: string): Promise<boolean>;
  /** Remembers the use, at most once a minute: a script's every call must not be a write. */
  noteUse(id: string, at: Date): Promise<void>;
}

const USE_RESOLUTION_MS = 60_000;

export function createTokenRepository(prisma: PrismaClient): TokenRepository {
  return {
    async findByHash(hash) {
      const row = await prisma.apiToken.findUnique({ where: { hash } });
      return row ? toToken(row) : null;
    },
    async list(userId) {
      const where = userId === undefined ? {} : { userId };
      const rows = await prisma.apiToken.findMany({ where, orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
      return rows.map(toToken);
    },
    create: async (token) => toToken(await prisma.apiToken.create({ data: token })),
    async revoke(id, at, userId) {
      if (!isUuid(id)) return false;
      const where = { id, revokedAt: null, ...(userId !== undefined && { userId }) };
      const { count } = await prisma.apiToken.updateMany({ where, data: { revokedAt: at } });
      return count === 1;
    },
    async noteUse(id, at) {
      const stale = new Date(at.getTime() - USE_RESOLUTION_MS);
      await prisma.apiToken.updateMany({
        where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: stale } }] },
        data: { lastUsedAt: at },
      });
    },
  };
}

function toToken({ hash: _hash, ...row }: TokenRow): ApiToken {
  return { ...row, role: Role.parse(row.role) };
}
