/** What stands behind stand-ins, sealed. Rows are only added: the same name always means the same key. */
import "server-only";
import { keyId, parseKeyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import type { InstallationKeys } from "@/lib/platform/installation-key";
import { createSealer } from "@/lib/platform/seal";
import type { PrismaClient } from "@/prisma/generated/client";

export interface StandInRepository {
  /** By the key id under which each is shown: `account:account·K7Q4-…`. */
  remember(shown: ReadonlyMap<string, CorrelationKey>): Promise<void>;
  resolve(name: string): Promise<CorrelationKey | undefined>;
}

const PURPOSE = "stand_ins.sealed";
const MAX_REMEMBERED = 20_000;

export function createStandInRepository(prisma: PrismaClient, keys: () => InstallationKeys): StandInRepository {
  const sealer = () => createSealer(keys(), PURPOSE);
  /** Already stored, as far as this process knows: most questions give out nothing new. */
  const stored = new Set<string>();
  return {
    async remember(shown) {
      const fresh = [...shown].filter(([name]) => !stored.has(name));
      if (fresh.length === 0) return;
      const seal = sealer();
      const data = fresh.map(([name, key]) => ({ name, sealed: seal.seal(keyId(key), placeOf(name)) }));
      await prisma.standIn.createMany({ data, skipDuplicates: true });
      if (stored.size > MAX_REMEMBERED) stored.clear();
      for (const [name] of fresh) stored.add(name);
    },
    async resolve(name) {
      const row = await prisma.standIn.findUnique({ where: { name } });
      return row ? parseKeyId(sealer().unseal(row.sealed, placeOf(name))) : undefined;
    },
  };
}

function placeOf(name: string) {
  return { table: "stand_ins", id: name, column: "sealed" };
}
