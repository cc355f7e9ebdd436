/** What people took out of incidents. Nothing is deleted: an undone unlink keeps who did what. */
import "server-only";
import type { StoredUnlink } from "@/lib/domain/stored-unlink";
import type { PrismaClient, Unlink as UnlinkRow } from "@/prisma/generated/client";
import { isUuid } from "./is-uuid";

export interface NewStoredUnlink {
  readonly scope: string;
  readonly kind: StoredUnlink["kind"];
  readonly target: string;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdByName: string;
}

export interface UnlinkRepository {
  /** The live ones of one incident, oldest first, one per target. */
  list(scope: string): Promise<readonly StoredUnlink[]>;
  create(unlink: NewStoredUnlink): Promise<StoredUnlink>;
  /** False when there is no such live unlink. */
  undo(id: string, by: string, at: Date): Promise<boolean>;
}

export function createUnlinkRepository(prisma: PrismaClient): UnlinkRepository {
  return {
    async list(scope) {
      const rows = await prisma.unlink.findMany({
        where: { scope, undoneAt: null },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      });
      return [...new Map(rows.map((row) => [row.target, toUnlink(row)])).values()];
    },
    create: async (unlink) => toUnlink(await prisma.unlink.create({ data: unlink })),
    async undo(id, undoneBy, undoneAt) {
      if (!isUuid(id)) return false;
      const live = await prisma.unlink.findFirst({ where: { id, undoneAt: null } });
      if (!live) return false;
      // Two people may have unlinked the same thing at once: undoing means that it is back.
      const { scope, target } = live;
      const where = { scope, target, undoneAt: null };
      return (await prisma.unlink.updateMany({ where, data: { undoneAt, undoneBy } })).count > 0;
    },
  };
}

function toUnlink({ id, kind, target, reason, createdByName, createdAt }: UnlinkRow): StoredUnlink {
  return { id, kind: kind === "key" ? "key" : "row", target, reason, by: createdByName, at: createdAt };
}
