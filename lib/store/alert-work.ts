/**
 * What the processing of deliveries reads and writes, inside their transaction. One statement for all fingerprints and not for
 * each: how often the database is asked does not depend on how much was told.
 */
import "server-only";
import type { AlertSighting } from "@/lib/domain/alert-history";
import { groupBy } from "@/lib/domain/group-by";
import { Prisma, type Fire as FireRow, type Sighting as SightingRow } from "@/prisma/generated/client";
import { toBareFire, toSighting, type BareFire } from "./alert-rows";
import type { Feed } from "./feed";
import { addRows, selectedFields } from "./put-rows";
import { takeFeed } from "./take-feed";
import { writeEpisodes, writeFires, type RewrittenHistory } from "./write-history";

/** A fingerprint from a time on. */
export interface HistoryPlace {
  readonly fingerprint: string;
  readonly at: Date;
}

export interface AlertWork {
  /** Others that look at these fingerprints wait until the transaction ends. */
  lock(fingerprints: readonly string[]): Promise<void>;
  /** What is known of a delivery already stays as it is. Positions are the places among those of one delivery. */
  addSightings(sightings: readonly AlertSighting[]): Promise<void>;
  /**
   * Back to the start of the fire before the last one that starts at `at` or earlier; of that one, or `at` itself, when there
   * is none. With the number of sightings from there on.
   */
  firesBack(places: readonly HistoryPlace[]): Promise<readonly (HistoryPlace & { readonly sightings: number })[]>;
  /** All sightings that tell of a start at these times or later. */
  sightingsFrom(places: readonly HistoryPlace[]): Promise<readonly AlertSighting[]>;
  /** Fires that start before these times, back to a silence longer than `silenceMs`; ascending within a fingerprint. */
  firesBefore(places: readonly HistoryPlace[], silenceMs: number): Promise<readonly BareFire[]>;
  replace(histories: readonly RewrittenHistory[]): Promise<void>;
  /** People, shifts and pages. Telling twice changes nothing. */
  takeFeed(source: string, feed: Feed): Promise<void>;
}

/** So many kinds of lock at most, however many alerts are told of. */
const LOCK_SLOTS = 64n;
/** First half of the lock's name; the audit trail and others use whole numbers. */
const LOCK_SPACE = 7_303;
const SIGHTINGS = {
  name: "sightings",
  fields: Prisma.SightingScalarFieldEnum,
  key: ["deliveryId", "position"],
} as const;
const LARGE_FIELDS: ReadonlySet<string> = new Set(["labels", "annotations", "generatorUrl", "deliveries"]);
const BARE_FIELDS = Object.values(Prisma.FireScalarFieldEnum).filter((field) => !LARGE_FIELDS.has(field));

export function createAlertWork(tx: Prisma.TransactionClient): AlertWork {
  return {
    takeFeed: (source, feed) => takeFeed(tx, source, feed),
    async lock(fingerprints) {
      const slots = new Set(fingerprints.map((one) => Number(BigInt(`0x${one}`) % LOCK_SLOTS)));
      // In one order for everybody, so that no two wait for each other.
      const sorted = [...slots].sort((a, b) => a - b);
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK_SPACE}::int4, slot) FROM unnest(${sorted}::int4[]) AS slot`;
    },
    async addSightings(sightings) {
      const byDelivery = groupBy(sightings, ({ deliveryId }) => deliveryId);
      const rows = [...byDelivery.values()].flatMap((told) => told.map((one, position) => ({ ...one, position })));
      await addRows(tx, SIGHTINGS, rows);
    },
    firesBack: (places) => tx.$queryRaw<(HistoryPlace & { sightings: number })[]>`
      SELECT back.fingerprint, back.at, (SELECT count(*)::int4 FROM sightings s
        WHERE s.fingerprint = back.fingerprint AND s.starts_at >= back.at) AS sightings
      FROM (
        SELECT asked.fingerprint, coalesce(min(fire.starts_at), asked.at) AS at FROM ${asked(places)}
        LEFT JOIN LATERAL (SELECT starts_at FROM fires f WHERE f.fingerprint = asked.fingerprint AND f.starts_at <= asked.at
          ORDER BY starts_at DESC LIMIT 2) AS fire ON true
        GROUP BY asked.fingerprint, asked.at) AS back`,
    async sightingsFrom(places) {
      const rows = await tx.$queryRaw<(SightingRow & { lastArrival: Date | null })[]>`
        SELECT ${selectedFields(Object.values(SIGHTINGS.fields), "s")},
          CASE WHEN d.times_seen > 1 THEN (SELECT max(arrival) FROM unnest(d.arrivals) AS arrival) END AS "lastArrival"
        FROM ${asked(places)} JOIN sightings s ON s.fingerprint = asked.fingerprint AND s.starts_at >= asked.at
        LEFT JOIN deliveries d ON d.id = s.delivery_id`;
      return rows.map(({ lastArrival, ...row }) => toSighting(row, lastArrival ?? undefined));
    },
    async firesBefore(places, silenceMs) {
      const silence = Prisma.sql`make_interval(secs => ${silenceMs / 1000}::float8)`;
      const rows = await tx.$queryRaw<FireRow[]>`
        WITH RECURSIVE stretch AS (
          SELECT f.* FROM ${asked(places)} CROSS JOIN LATERAL (
            SELECT * FROM fires f WHERE f.fingerprint = asked.fingerprint AND f.starts_at < asked.at
            ORDER BY f.starts_at DESC LIMIT 1) AS f
          WHERE f.ends_at IS NULL OR asked.at - f.ends_at <= ${silence}
          UNION ALL
          SELECT f.* FROM stretch AS next CROSS JOIN LATERAL (
            SELECT * FROM fires f WHERE f.fingerprint = next.fingerprint AND f.starts_at < next.starts_at
            ORDER BY f.starts_at DESC LIMIT 1) AS f
          WHERE f.ends_at IS NULL OR next.starts_at - f.ends_at <= ${silence})
        SELECT ${selectedFields(BARE_FIELDS, "stretch")} FROM stretch ORDER BY fingerprint, starts_at`;
      return rows.map(toBareFire);
    },
    async replace(histories) {
      await writeFires(tx, histories);
      await writeEpisodes(tx, histories);
    },
  };
}

function asked(places: readonly HistoryPlace[]): Prisma.Sql {
  const [fingerprints, times] = [
    places.map(({ fingerprint }) => fingerprint),
    places.map(({ at }) => at.toISOString()),
  ];
  return Prisma.sql`unnest(${fingerprints}::text[], ${times}::timestamptz[]) AS asked(fingerprint, at)`;
}
