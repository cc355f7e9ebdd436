/** What admins say of people who are paged: their names, who they sign in as, their clocks. Feeds may say it anew. */
import "server-only";
import type { PrismaClient } from "@/prisma/generated/client";
import { isUuid } from "./is-uuid";

export interface ResponderWish {
  readonly name?: string | undefined;
  readonly team?: string | undefined;
  /** Null: nobody who signs in. */
  readonly userId?: string | null | undefined;
}

export interface ResponderRepository {
  /** The handle of the changed person; undefined when there is none of this id. So do all. */
  change(id: string, wish: ResponderWish): Promise<string | undefined>;
  /** In place of the zone that holds from the same instant on. */
  putZone(id: string, zone: string, validFrom: Date): Promise<string | undefined>;
  removeZone(id: string, validFrom: Date): Promise<string | undefined>;
}

export function createResponderRepository(prisma: PrismaClient): ResponderRepository {
  const find = async (id: string) => (isUuid(id) ? prisma.responder.findUnique({ where: { id } }) : null);
  return {
    async change(id, { name, team, userId }) {
      const known = await find(id);
      if (!known) return undefined;
      const data = {
        ...(name !== undefined && { name }),
        ...(team !== undefined && { team }),
        ...(userId !== undefined && { userId }),
      };
      await prisma.responder.updateMany({ where: { id }, data });
      return known.handle;
    },
    async putZone(id, zone, validFrom) {
      const known = await find(id);
      if (!known) return undefined;
      const place = { responderId: id, validFrom };
      await prisma.responderZone.upsert({
        where: { responderId_validFrom: place },
        create: { ...place, zone },
        update: { zone },
      });
      return known.handle;
    },
    async removeZone(id, validFrom) {
      const known = await find(id);
      if (!known) return undefined;
      const { count } = await prisma.responderZone.deleteMany({ where: { responderId: id, validFrom } });
      return count === 0 ? undefined : known.handle;
    },
  };
}
