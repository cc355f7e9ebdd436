/** Who asks which source when, what it answered last, and when it was heard. */
import "server-only";
import { randomUUID } from "node:crypto";
import { PollMemory, type PollState, type PollSubject, type ToldSilence } from "@/lib/domain/poll";
import type { PrismaClient } from "@/prisma/generated/client";

export interface PollRepository {
  /**
   * Takes the next question to this source; undefined when it is not due, or another process took it. Of several at once
   * exactly one gets it, and for `everyMs` nobody else does.
   */
  take(source: string, what: PollSubject, now: Date, everyMs: number): Promise<PollState | undefined>;
  /** A whole answer was read. */
  heard(source: string, what: PollSubject, at: Date, memory: PollMemory): Promise<void>;
  /** `failure`: our own words. What is remembered stays. */
  failed(source: string, what: PollSubject, failure: string): Promise<void>;
  /** Of all sources that were ever asked. */
  states(what: PollSubject): Promise<readonly PollState[]>;
  /** The same of everything that is asked, without what is remembered. */
  outcomes(): Promise<readonly PollOutcomeRow[]>;
  /** The source is heard until `at`, without a break when it was heard at most `gapMs` before. */
  cover(source: string, at: Date, gapMs: number): Promise<void>;
  /** All silences that a source lists now. Those that it lists no more have ended. */
  takeSilences(source: string, silences: readonly ToldSilence[], now: Date): Promise<void>;
  /** `ids`: with the name of their source, `alertmanager/main/…`. Ended ones are kept; what was never told is left out. */
  silences(ids: readonly string[]): Promise<readonly KeptSilence[]>;
}

export interface PollOutcomeRow {
  readonly source: string;
  readonly what: string;
  /** Last whole answer. */
  readonly heardAt: Date | null;
  /** Our own words for why the last try failed; null when it did not. */
  readonly failure: string | null;
}

export type KeptSilence = Omit<ToldSilence, "matchers">;

interface PollRow {
  readonly source: string;
  readonly heard_at: Date | null;
  readonly failure: string | null;
  readonly memory: unknown;
}

/** So often is it written down that a silence was seen again unchanged. */
const SEEN_AGAIN = "10 minutes";

export function createPollRepository(prisma: PrismaClient): PollRepository {
  return {
    async take(source, what, now, everyMs) {
      const dueAt = new Date(now.getTime() + everyMs);
      const [row] = await prisma.$queryRaw<PollRow[]>`
        INSERT INTO polls AS known (source, what, due_at) VALUES (${source}, ${what}, ${dueAt}::timestamptz)
        ON CONFLICT (source, what) DO UPDATE SET due_at = excluded.due_at
        -- A clock that was wrong for a while must not keep everybody from asking.
        WHERE known.due_at <= ${now}::timestamptz OR known.due_at > excluded.due_at
        RETURNING source, heard_at, failure, memory`;
      return row && toState(row);
    },
    async heard(source, what, at, memory) {
      const data = { heardAt: at, failure: null, memory };
      const create = { source, what, dueAt: at, ...data };
      await prisma.poll.upsert({ where: { source_what: { source, what } }, create, update: data });
    },
    async failed(source, what, failure) {
      const create = { source, what, dueAt: new Date(0), failure };
      await prisma.poll.upsert({ where: { source_what: { source, what } }, create, update: { failure } });
    },
    async states(what) {
      const rows = await prisma.poll.findMany({ where: { what }, orderBy: { source: "asc" } });
      return rows.map(({ heardAt, ...row }) => toState({ ...row, heard_at: heardAt }));
    },
    outcomes: () => prisma.poll.findMany({ select: { source: true, what: true, heardAt: true, failure: true } }),
    async cover(source, at, gapMs) {
      const since = new Date(at.getTime() - gapMs);
      const went = await prisma.$executeRaw`
        UPDATE coverage_spans SET to_at = GREATEST(to_at, ${at}::timestamptz) WHERE id = (
          SELECT id FROM coverage_spans
          WHERE source = ${source} AND how = 'heard' AND to_at >= ${since}::timestamptz AND from_at <= ${at}::timestamptz
          ORDER BY to_at DESC LIMIT 1)`;
      if (went === 0) {
        await prisma.coverageSpan.create({ data: { id: randomUUID(), source, fromAt: at, toAt: at, how: "heard" } });
      }
    },
    silences: (ids) =>
      prisma.silence.findMany({
        where: { id: { in: [...ids] } },
        select: { id: true, startsAt: true, endsAt: true, createdBy: true, comment: true },
      }),
    async takeSilences(source, silences, now) {
      const told = JSON.stringify(
        silences.map(({ id, matchers, startsAt, endsAt, createdBy, comment }) => {
          return {
            ...{ id: `${source}/${id}`, matchers, comment },
            starts: startsAt,
            ends: endsAt,
            creator: createdBy,
          };
        }),
      );
      await prisma.$executeRaw`
        WITH told AS MATERIALIZED (
          SELECT * FROM jsonb_to_recordset(${told}::jsonb)
            AS t(id text, matchers jsonb, starts timestamptz, ends timestamptz, creator text, comment text)),
        ended AS (
          UPDATE silences SET ends_at = ${now}::timestamptz
          WHERE source = ${source} AND ends_at > ${now}::timestamptz AND id NOT IN (SELECT id FROM told))
        INSERT INTO silences AS known (id, source, matchers, starts_at, ends_at, created_by, comment, last_seen_at)
        SELECT id, ${source}, matchers, starts, ends, creator, comment, ${now}::timestamptz FROM told
        ON CONFLICT (id) DO UPDATE SET matchers = excluded.matchers, starts_at = excluded.starts_at,
          ends_at = excluded.ends_at, created_by = excluded.created_by, comment = excluded.comment,
          last_seen_at = excluded.last_seen_at
        WHERE (known.matchers, known.starts_at, known.ends_at, known.created_by, known.comment) IS DISTINCT FROM
          (excluded.matchers, excluded.starts_at, excluded.ends_at, excluded.created_by, excluded.comment)
          OR known.last_seen_at < excluded.last_seen_at - ${SEEN_AGAIN}::interval`;
    },
  };
}

function toState({ source, heard_at: heardAt, failure, memory }: PollRow): PollState {
  // What another version wrote and this one cannot read is forgotten: the next answer fills it again.
  return { source, heardAt, failure, memory: PollMemory.safeParse(memory).data ?? { seen: {}, missing: {} } };
}
