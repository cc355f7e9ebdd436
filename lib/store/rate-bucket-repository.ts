/**
 * Token buckets in the database, so that all web processes count together. Taking is one statement: two requests at the
 * same instant cannot both get the last token.
 */
import "server-only";
import type { PrismaClient } from "@/prisma/generated/client";

export interface Bucket {
  /** Limit and subject; never an address as it is. */
  readonly key: string;
  /** As many at once. */
  readonly capacity: number;
  readonly refillPerSecond: number;
}

export interface RateBucketRepository {
  /** Takes one token; false when there is none. A new bucket is full. */
  take(bucket: Bucket, at: Date): Promise<boolean>;
  /** Puts one token back, for an attempt that turned out to be harmless. */
  giveBack(bucket: Bucket): Promise<void>;
  /** Forgets buckets that nobody touched since `before`: by then they are full again. */
  sweep(before: Date): Promise<void>;
}

export function createRateBucketRepository(prisma: PrismaClient): RateBucketRepository {
  return {
    async take({ key, capacity, refillPerSecond }, at) {
      // A refused attempt changes nothing, so that asking again and again does not put off the refill. Clocks of several
      // processes differ a little: time never runs backwards here.
      const taken = await prisma.$executeRaw`
        INSERT INTO rate_buckets AS bucket (key, tokens, updated_at)
        VALUES (${key}, ${capacity}::float8 - 1, ${at}::timestamptz)
        ON CONFLICT (key) DO UPDATE SET
          tokens = LEAST(${capacity}::float8, bucket.tokens + ${refillPerSecond}::float8
            * GREATEST(0, EXTRACT(EPOCH FROM excluded.updated_at - bucket.updated_at)::float8)) - 1,
          updated_at = GREATEST(bucket.updated_at, excluded.updated_at)
        WHERE LEAST(${capacity}::float8, bucket.tokens + ${refillPerSecond}::float8
            * GREATEST(0, EXTRACT(EPOCH FROM excluded.updated_at - bucket.updated_at)::float8)) >= 1`;
      return taken === 1;
    },
    async giveBack({ key, capacity }) {
      await prisma.$executeRaw`
        UPDATE rate_buckets SET tokens = LEAST(${capacity}::float8, tokens + 1) WHERE key = ${key}`;
    },
    async sweep(before) {
      await prisma.rateBucket.deleteMany({ where: { updatedAt: { lt: before } } });
    },
  };
}
