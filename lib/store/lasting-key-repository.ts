/**
 * Keys that outlive a change of the installation key: stand-ins and digests made with them are compared for years. Each
 * is kept sealed; the first use writes down what the oldest known installation key gives, so that an installation from
 * before this table keeps its stand-ins.
 */
import "server-only";
import { randomBytes } from "node:crypto";
import { deriveFrom, type InstallationKeys } from "@/lib/platform/installation-key";
import { createSealer } from "@/lib/platform/seal";
import type { PrismaClient } from "@/prisma/generated/client";

export interface LastingKeyRepository {
  /** 32 bytes, always the same for one purpose. Throws `SealBrokenError` when the key that sealed it is missing. */
  key(purpose: string): Promise<Buffer>;
  /** Another key from now on: what the old one made is not recognised by digest any more. */
  replace(purpose: string): Promise<void>;
}

export function createLastingKeyRepository(prisma: PrismaClient, keys: () => InstallationKeys): LastingKeyRepository {
  const place = (purpose: string) => ({ table: "lasting_keys", id: purpose, column: "sealed" });
  const sealed = (purpose: string, key: Buffer) =>
    createSealer(keys(), "lasting_keys.sealed").seal(key.toString("base64"), place(purpose));
  return {
    async key(purpose) {
      const known = await prisma.lastingKey.findUnique({ where: { purpose } });
      if (known) {
        const text = createSealer(keys(), "lasting_keys.sealed").unseal(known.sealed, place(purpose));
        return Buffer.from(text, "base64");
      }
      const { current, previous } = keys();
      const first = deriveFrom(previous.at(-1) ?? current, purpose);
      // Of two processes that start together one writes; both then read the same.
      await prisma.lastingKey.createMany({ data: { purpose, sealed: sealed(purpose, first) }, skipDuplicates: true });
      return this.key(purpose);
    },
    async replace(purpose) {
      const data = { sealed: sealed(purpose, randomBytes(32)) };
      await prisma.lastingKey.upsert({ where: { purpose }, create: { purpose, ...data }, update: data });
    },
  };
}
