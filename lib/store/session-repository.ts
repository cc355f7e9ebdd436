/** Signed-in browsers in the database. Ending a row ends the session, wherever its cookie was copied to. */
import "server-only";
import { z } from "zod";
import type { PrismaClient, Session as SessionRow } from "@/prisma/generated/client";
import { isUuid } from "./is-uuid";
import type { Session, SessionVia } from "./session";
import type { User } from "./user";
import { toUser } from "./user-repository";

export interface NewSession {
  readonly userId: string;
  readonly via: SessionVia;
  readonly provenAt: Date;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly device: string;
}

export interface SessionRepository {
  create(session: NewSession): Promise<Session>;
  /** With its person, by key: this runs at every request and every two seconds for every open stream. */
  findWithUser(id: string): Promise<{ readonly session: Session; readonly user: User } | null>;
  /** Those not ended and not over at `at`, last used first. */
  listLive(userId: string, at: Date): Promise<readonly Session[]>;
  noteUse(id: string, at: Date): Promise<void>;
  /** False when there is no such session that goes on, or it is somebody else's. */
  end(id: string, userId: string, at: Date): Promise<boolean>;
  /** Returns how many ended. */
  endAll(userId: string, at: Date): Promise<number>;
  /** Forgets those that ended or ran out before `before`. */
  sweep(before: Date): Promise<void>;
}

const Via = z.enum(["password", "oidc"]);

export function createSessionRepository(prisma: PrismaClient): SessionRepository {
  return {
    create: async (session) =>
      toSession(await prisma.session.create({ data: { ...session, lastSeenAt: session.createdAt } })),
    async findWithUser(id) {
      if (!isUuid(id)) return null;
      const row = await prisma.session.findUnique({
        where: { id },
        include: { user: true },
      });
      if (!row) return null;
      const { user, ...session } = row;
      return { session: toSession(session), user: toUser(user) };
    },
    async listLive(userId, at) {
      const where = { userId, endedAt: null, expiresAt: { gt: at } };
      const rows = await prisma.session.findMany({ where, orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }] });
      return rows.map(toSession);
    },
    async noteUse(id, at) {
      await prisma.session.updateMany({
        where: { id, endedAt: null, lastSeenAt: { lt: at } },
        data: { lastSeenAt: at },
      });
    },
    async end(id, userId, at) {
      if (!isUuid(id)) return false;
      const where = { id, userId, endedAt: null, expiresAt: { gt: at } };
      const { count } = await prisma.session.updateMany({ where, data: { endedAt: at } });
      return count === 1;
    },
    async endAll(userId, at) {
      const where = { userId, endedAt: null, expiresAt: { gt: at } };
      return (await prisma.session.updateMany({ where, data: { endedAt: at } })).count;
    },
    async sweep(before) {
      await prisma.session.deleteMany({ where: { OR: [{ endedAt: { lt: before } }, { expiresAt: { lt: before } }] } });
    },
  };
}

function toSession(row: SessionRow): Session {
  return { ...row, via: Via.parse(row.via) };
}
