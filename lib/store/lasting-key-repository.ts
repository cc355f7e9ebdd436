/**
 * Keys that outlive a change of the installation key: stand-ins and digests made with them are compared for years. Each
 * is kept sealed; the first use writes down what the oldest known installation key gives, so that an installation from
 * before this table keeps its stand-ins.
 */
import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import { deriveFrom, type InstallationKeys } from "@/lib/platform/installation-key";
import { createSealer } from "@/lib/platform/seal";
import type { PrismaClient } from "@/prisma/generated/client";

export interface LastingKeyRepository {
  /** 32 bytes, always the same for one purpose. Throws `SealBrokenError` when the key that sealed it is missing. */
  key(purpose: string): Promise<Buffer>;
  /** The one of `key` first, then those that it replaced: what is on record was made with them. */
  all(purpose: string): Promise<readonly Buffer[]>;
  /** Another key from now on. The one before is kept, to find what it made. */
  replace(purpose: string): Promise<void>;
}

export function createLastingKeyRepository(prisma: PrismaClient, keys: () => InstallationKeys): LastingKeyRepository {
  const place = (purpose: string) => ({ table: "lasting_keys", id: purpose, column: "sealed" });
  const sealer = () => createSealer(keys(), "lasting_keys.sealed");
  const sealed = (purpose: string, key: Buffer) => sealer().seal(key.toString("base64"), place(purpose));
  const opened = ({ purpose, sealed: text }: { readonly purpose: string; readonly sealed: string }) =>
    Buffer.from(sealer().unseal(text, place(purpose)), "base64");
  return {
    async key(purpose) {
      const known = await prisma.lastingKey.findUnique({ where: { purpose } });
      if (known) return opened(known);
      const { current, previous } = keys();
      const first = deriveFrom(previous.at(-1) ?? current, purpose);
      // Of two processes that start together one writes; both then read the same.
      await prisma.lastingKey.createMany({ data: { purpose, sealed: sealed(purpose, first) }, skipDuplicates: true });
      return this.key(purpose);
    },
    async all(purpose) {
      const former = await prisma.lastingKey.findMany({ where: { purpose: { startsWith: `${purpose}${FORMER}` } } });
      return [await this.key(purpose), ...former.map(opened)];
    },
    async replace(purpose) {
      const before = await this.key(purpose);
      const kept = `${purpose}${FORMER}${randomUUID()}`;
      await prisma.$transaction([
        prisma.lastingKey.create({ data: { purpose: kept, sealed: sealed(kept, before) } }),
        prisma.lastingKey.update({ where: { purpose }, data: { sealed: sealed(purpose, randomBytes(32)) } }),
      ]);
    },
  };
}

const FORMER = "/former/";
