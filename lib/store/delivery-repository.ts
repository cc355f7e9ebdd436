/**
 * Webhook calls and answers to polls, exactly as they came. The table is its own queue: what has no `processed_at` waits,
 * and a waiting row has a `retry_at`, so that its index holds nothing else at its front.
 */
import "server-only";
import { createHash } from "node:crypto";
import type { Prisma } from "@/prisma/generated/client";
import { type PrismaClient } from "@/prisma/generated/client";
import { createAlertWork, type AlertWork } from "./alert-work";

export interface NewDelivery {
  readonly kind: string;
  /** `alertmanager/main`. */
  readonly source: string;
  readonly body: Uint8Array;
  readonly receivedAt: Date;
}

export interface StoredDelivery extends NewDelivery {
  readonly id: bigint;
}

export interface RefusedDelivery {
  readonly id: bigint;
  readonly source: string;
  readonly receivedAt: Date;
  readonly timesSeen: number;
  readonly refusal: string;
}

/** In one transaction with what it writes through `work`. Answers our own words for each delivery that holds nothing to keep. */
export type ProcessDeliveries = (
  deliveries: readonly StoredDelivery[],
  work: AlertWork,
) => Promise<readonly (string | null)[]>;

export interface DeliveryRepository {
  /** Stored when it resolves. The same bytes of the same source are one row, however often and by whomever they are sent. */
  record(delivery: NewDelivery): Promise<{ readonly id: bigint; readonly isNew: boolean }>;
  /**
   * Takes the oldest waiting deliveries of these kinds that no other process has, `most` of them or a megabyte, and processes
   * them together. `failed`: nothing of them was kept. A single one then waits for a while; of several it is not known which
   * one it was.
   */
  processNext(
    kinds: readonly string[],
    now: Date,
    most: number,
    process: ProcessDeliveries,
  ): Promise<ProcessedDeliveries>;
  /** Newest first: what was authentic and could not be read. */
  refused(take: number): Promise<readonly RefusedDelivery[]>;
  /** Calls since `since` by source, looked for in the newest bodies only: the table may be large. */
  recent(since: Date): Promise<readonly RecentCalls[]>;
  find(ids: readonly bigint[]): Promise<readonly StoredDelivery[]>;
  /** How many wait. */
  waiting(): Promise<number>;
  /** Whether as many wait. Looks at no more than that. */
  isFull(limit: number): Promise<boolean>;
}

export interface RecentCalls {
  readonly source: string;
  readonly lastAt: Date;
  /** Repeats of the same bytes included. */
  readonly calls: number;
  /** The newest bodies do not reach back to `since`. */
  readonly atLeast: boolean;
}

export type ProcessedDeliveries =
  | { readonly state: "done" }
  | { readonly state: "idle" }
  | { readonly state: "failed"; readonly ids: readonly bigint[]; readonly error: unknown };

/** Of the embedded database and of a busy server: longer than a start takes; the work itself takes milliseconds. */
const LIMITS = { maxWait: 5_000, timeout: 20_000 };
/** Bodies that are processed together; a larger one is processed alone. */
const TOGETHER_BYTES = 1_048_576;
/** Bodies that `recent` looks at. */
const NEWEST = 5_000;
const FIRST_RETRY_SECONDS = 2;
const LONGEST_RETRY_SECONDS = 15 * 60;

export function createDeliveryRepository(prisma: PrismaClient): DeliveryRepository {
  return {
    async record({ kind, source, body, receivedAt }) {
      const digest = createHash("sha256").update(body).digest("hex");
      const [row] = await prisma.$queryRaw<{ id: bigint; times_seen: number }[]>`
        INSERT INTO deliveries AS known (kind, source, digest, body, received_at, arrivals, retry_at)
        VALUES (${kind}, ${source}, ${digest}, ${body}, ${receivedAt}::timestamptz, ARRAY[${receivedAt}::timestamptz],
          ${receivedAt}::timestamptz)
        ON CONFLICT (source, digest) DO UPDATE SET
          times_seen = known.times_seen + 1,
          arrivals = (known.arrivals || excluded.received_at)[GREATEST(1, cardinality(known.arrivals) - 198):],
          -- Looked at again: it was seen firing once more.
          processed_at = NULL,
          retry_at = excluded.received_at
        RETURNING id, times_seen`;
      if (!row) throw new Error("an insert with RETURNING returned nothing");
      return { id: row.id, isNew: row.times_seen === 1 };
    },
    async processNext(kinds, now, most, process) {
      let taken: readonly StoredDelivery[] = [];
      try {
        return await prisma.$transaction(async (tx): Promise<ProcessedDeliveries> => {
          taken = await takeOldest(tx, kinds, now, most);
          if (taken.length === 0) return { state: "idle" };
          const refusals = await process(taken, createAlertWork(tx));
          await tx.$executeRaw`
            UPDATE deliveries AS d SET processed_at = ${now}::timestamptz, retry_at = NULL, refusal = done.refusal
            FROM unnest(${idsOf(taken)}::bigint[], ${[...refusals]}::text[]) AS done(id, refusal) WHERE d.id = done.id`;
          return { state: "done" };
        }, LIMITS);
      } catch (error) {
        const [only, second] = taken;
        if (!only) throw error;
        if (!second) await putOff(prisma, only.id, now);
        return { state: "failed", ids: idsOf(taken), error };
      }
    },
    async refused(take) {
      const rows = await prisma.delivery.findMany({
        where: { refusal: { not: null } },
        orderBy: { id: "desc" },
        take,
        select: { id: true, source: true, receivedAt: true, timesSeen: true, refusal: true },
      });
      return rows.map(({ refusal, ...row }) => ({ ...row, refusal: refusal ?? "" }));
    },
    recent: (since) => prisma.$queryRaw`
      WITH newest AS (SELECT source, received_at, arrivals FROM deliveries ORDER BY id DESC LIMIT ${NEWEST}::int4)
      SELECT source, max(arrivals[cardinality(arrivals)]) AS "lastAt",
        sum((SELECT count(*) FROM unnest(arrivals) AS arrival WHERE arrival >= ${since}::timestamptz))::int4 AS calls,
        (SELECT count(*) = ${NEWEST}::int4 AND min(received_at) > ${since}::timestamptz FROM newest) AS "atLeast"
      FROM newest GROUP BY source`,
    async find(ids) {
      const rows = await prisma.delivery.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: "asc" } });
      return rows.map(({ id, kind, source, body, receivedAt }) => ({ id, kind, source, body, receivedAt }));
    },
    waiting: () => prisma.delivery.count({ where: { processedAt: null } }),
    async isFull(limit) {
      const [row] = await prisma.$queryRaw<{ full: boolean }[]>`
        SELECT EXISTS (SELECT 1 FROM deliveries WHERE retry_at IS NOT NULL ORDER BY retry_at, id OFFSET ${limit - 1} LIMIT 1) AS full`;
      return row?.full ?? false;
    },
  };
}

async function takeOldest(
  tx: Prisma.TransactionClient,
  kinds: readonly string[],
  now: Date,
  most: number,
): Promise<readonly StoredDelivery[]> {
  return tx.$queryRaw<StoredDelivery[]>`
    WITH taken AS (
      SELECT id, retry_at, octet_length(body) AS bytes FROM deliveries
      WHERE processed_at IS NULL AND retry_at <= ${now}::timestamptz AND kind = ANY(${[...kinds]}::text[])
      ORDER BY retry_at, id LIMIT ${most}::int4 FOR UPDATE SKIP LOCKED),
    measured AS (
      SELECT id, row_number() OVER waiting AS place, sum(bytes) OVER waiting AS bytes FROM taken
      WINDOW waiting AS (ORDER BY retry_at, id))
    SELECT d.id, d.kind, d.source, d.body, d.received_at AS "receivedAt" FROM measured JOIN deliveries d ON d.id = measured.id
    WHERE place = 1 OR measured.bytes <= ${TOGETHER_BYTES}::int4 ORDER BY place`;
}

function idsOf(deliveries: readonly StoredDelivery[]): bigint[] {
  return deliveries.map(({ id }) => id);
}

/** Twice as long each time; never given up, because what was acknowledged is kept. */
async function putOff(prisma: PrismaClient, id: bigint, now: Date): Promise<void> {
  await prisma.$executeRaw`
    UPDATE deliveries SET attempts = attempts + 1, retry_at = ${now}::timestamptz + make_interval(secs =>
      LEAST(${LONGEST_RETRY_SECONDS}::float8, ${FIRST_RETRY_SECONDS}::float8 * power(2, LEAST(attempts, 12))))
    WHERE id = ${id} AND processed_at IS NULL`;
}
