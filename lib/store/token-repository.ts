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
  /**
   * Remembers the use, at most once a minute: a script's every call must not be a write. True for the first use within an
   * hour of the clock, for exactly one of several calls at once.
   */
  noteUse(id: string, at: Date): Promise<boolean>;
}

const USE_RESOLUTION_MS = 60_000;
const HOUR_MS = 3_600_000;

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
      // Who comes second waits for the row and then finds it fresh, so that one alone is told what was before.
      const [noted] = await prisma.$queryRaw<{ before: Date | null }[]>`
        UPDATE api_tokens SET last_used_at = ${at}
        FROM (SELECT last_used_at AS before FROM api_tokens WHERE id = ${id}::uuid) AS seen
        WHERE id = ${id}::uuid AND (last_used_at IS NULL OR last_used_at < ${stale}) RETURNING before`;
      return noted !== undefined && hourOf(noted.before ?? new Date(0)) < hourOf(at);
    },
  };
}

function hourOf(at: Date): number {
  return Math.floor(at.getTime() / HOUR_MS);
}

function toToken({ hash: _hash, ...row }: TokenRow): ApiToken {
  return { ...row, role: Role.parse(row.role) };
}
