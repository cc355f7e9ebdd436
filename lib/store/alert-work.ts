/** What the processing of one delivery reads and writes, inside its transaction. */
import "server-only";
import type { AlertSighting } from "@/lib/domain/alert-history";
import type { Prisma } from "@/prisma/generated/client";
import { toBareFire, toSighting, type BareFire } from "./alert-rows";
import type { Feed } from "./feed";
import { takeFeed } from "./take-feed";
import { writeEpisodes, writeFires, type RewrittenHistory } from "./write-history";

export interface AlertWork {
  /** Others that look at these fingerprints wait until the transaction ends. */
  lock(fingerprints: readonly string[]): Promise<void>;
  /** What is known of a delivery already stays as it is. Positions are the places in the list. */
  addSightings(deliveryId: bigint, sightings: readonly AlertSighting[]): Promise<void>;
  /** Starts of the last fires that start at or before `at`, newest first. */
  startsUpTo(fingerprint: string, at: Date, take: number): Promise<readonly Date[]>;
  /** All sightings that tell of a start at or after `from`. */
  sightingsFrom(fingerprint: string, from: Date): Promise<readonly AlertSighting[]>;
  /** Fires that start before `before`, newest first. */
  firesBefore(fingerprint: string, before: Date, take: number): Promise<readonly BareFire[]>;
  /** In place of all fires that start at or after `from`, and of all episodes from `episodesFrom` on. */
  replace(history: RewrittenHistory): Promise<void>;
  /** People, shifts and pages. Telling twice changes nothing. */
  takeFeed(source: string, feed: Feed): Promise<void>;
}

/** So many kinds of lock at most, however many alerts a delivery tells of. */
const LOCK_SLOTS = 64n;
/** First half of the lock's name; the audit trail and others use whole numbers. */
const LOCK_SPACE = 7_303;

export function createAlertWork(tx: Prisma.TransactionClient): AlertWork {
  return {
    takeFeed: (source, feed) => takeFeed(tx, source, feed),
    async lock(fingerprints) {
      // In one order for everybody, so that no two wait for each other.
      const slots = new Set(fingerprints.map((one) => Number(BigInt(`0x${one}`) % LOCK_SLOTS)));
      for (const slot of [...slots].sort((a, b) => a - b)) {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK_SPACE}::int4, ${slot}::int4)`;
      }
    },
    async addSightings(deliveryId, sightings) {
      const data = sightings.map(({ lastObservedAt: _last, ...sighting }, position) => {
        return { ...sighting, deliveryId, position };
      });
      if (data.length > 0) await tx.sighting.createMany({ data, skipDuplicates: true });
    },
    async startsUpTo(fingerprint, at, take) {
      const rows = await tx.fire.findMany({
        where: { fingerprint, startsAt: { lte: at } },
        orderBy: { startsAt: "desc" },
        take,
        select: { startsAt: true },
      });
      return rows.map(({ startsAt }) => startsAt);
    },
    async sightingsFrom(fingerprint, from) {
      const rows = await tx.sighting.findMany({ where: { fingerprint, startsAt: { gte: from } } });
      const last = await lastArrivals(tx, [...new Set(rows.map(({ deliveryId }) => deliveryId))]);
      return rows.map((row) => toSighting(row, last.get(row.deliveryId)));
    },
    async firesBefore(fingerprint, before, take) {
      const rows = await tx.fire.findMany({
        where: { fingerprint, startsAt: { lt: before } },
        orderBy: { startsAt: "desc" },
        take,
        omit: { labels: true, annotations: true, generatorUrl: true, deliveries: true },
      });
      return rows.map(toBareFire);
    },
    async replace(history) {
      await writeFires(tx, history);
      await writeEpisodes(tx, history);
    },
  };
}

/** Of deliveries that came more than once. */
async function lastArrivals(tx: Prisma.TransactionClient, ids: readonly bigint[]): Promise<ReadonlyMap<bigint, Date>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: bigint; at: Date }[]>`
    SELECT id, (SELECT max(arrival) FROM unnest(arrivals) AS arrival) AS at
    FROM deliveries WHERE id = ANY(${[...ids]}::bigint[]) AND times_seen > 1`;
  return new Map(rows.map(({ id, at }) => [id, at]));
}
