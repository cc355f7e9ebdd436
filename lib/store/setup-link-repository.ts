/** One-time links in the database, found by their SHA-256 only. */
import "server-only";
import { z } from "zod";
import type { PrismaClient, SetupLink as SetupLinkRow } from "@/prisma/generated/client";
import { LINK_LOCK } from "./advisory-locks";

export const SetupPurpose = z.enum(["first-admin", "invitation"]);
export type SetupPurpose = z.infer<typeof SetupPurpose>;

export interface SetupLink {
  readonly id: string;
  readonly purpose: SetupPurpose;
  /** Whose password is set; null for the first admin, who is not there yet. */
  readonly userId: string | null;
  readonly expiresAt: Date;
}

export interface NewSetupLink {
  /** SHA-256 of the link's token, hex. */
  readonly hash: string;
  readonly purpose: SetupPurpose;
  readonly userId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface SetupLinkRepository {
  /** Takes the place of every unused link of the same purpose and person. */
  replace(link: NewSetupLink): Promise<void>;
  /** Null when there is none, it was used, or its time is over. */
  find(hash: string, at: Date): Promise<SetupLink | null>;
  /** True for the one caller who gets to use it. */
  claim(id: string, at: Date): Promise<boolean>;
  /** Undoes a claim whose purpose failed. */
  release(id: string): Promise<void>;
  /** Forgets those that ran out before `before`. */
  sweep(before: Date): Promise<void>;
}

export function createSetupLinkRepository(prisma: PrismaClient): SetupLinkRepository {
  return {
    async replace(link) {
      const { purpose, userId } = link;
      await prisma.$transaction(async (work) => {
        await work.$executeRaw`SELECT pg_advisory_xact_lock(${LINK_LOCK})`;
        await work.setupLink.deleteMany({ where: { purpose, userId } });
        await work.setupLink.create({ data: link });
      });
    },
    async find(hash, at) {
      const row = await prisma.setupLink.findUnique({ where: { hash } });
      return row && row.usedAt === null && row.expiresAt > at ? toSetupLink(row) : null;
    },
    async claim(id, at) {
      const where = { id, usedAt: null, expiresAt: { gt: at } };
      return (await prisma.setupLink.updateMany({ where, data: { usedAt: at } })).count === 1;
    },
    async release(id) {
      await prisma.setupLink.updateMany({ where: { id }, data: { usedAt: null } });
    },
    async sweep(before) {
      await prisma.setupLink.deleteMany({ where: { expiresAt: { lt: before } } });
    },
  };
}

function toSetupLink({ id, purpose, userId, expiresAt }: SetupLinkRow): SetupLink {
  return { id, purpose: SetupPurpose.parse(purpose), userId, expiresAt };
}
