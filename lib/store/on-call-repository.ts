/** People who are paged, their clocks, their shifts and their pages, as feeds tell them. Telling twice changes nothing. */
import "server-only";
import { groupBy } from "@/lib/domain/group-by";
import { PageReason, type AlertPage, type OnCallShift, type Responder } from "@/lib/domain/on-call";
import { Prisma, type PrismaClient, type Page as PageRow } from "@/prisma/generated/client";
import type { Feed } from "./feed";
import { countNewRows } from "./known-feed-rows";
import { takeFeed } from "./take-feed";

export interface OnCallRepository {
  /** All or nothing. Pages and shifts are known by `source` and their own id. */
  take(source: string, feed: Feed): Promise<void>;
  /** How many rows of one part nobody told before: by this source, or in a file that named none. */
  countNew(source: string, part: keyof Feed, feed: Feed): Promise<number>;
  /** By name, with zones by `validFrom`. */
  responders(): Promise<readonly Responder[]>;
  shifts(from: Date, to: Date): Promise<readonly OnCallShift[]>;
  pages(from: Date, to: Date): Promise<readonly AlertPage[]>;
  pagesOf(episodeIds: readonly string[]): Promise<ReadonlyMap<string, readonly AlertPage[]>>;
  /** For each receiver of alerts since `since`: its episodes, and ids of the people whom their pages reached. By name. */
  receivers(since: Date): Promise<readonly { receiver: string; episodes: number; paged: readonly string[] }[]>;
  /** Finds the episode of pages that have none yet, or of all since `since`. Returns how many it found. */
  match(since: Date): Promise<number>;
}

export function createOnCallRepository(prisma: PrismaClient): OnCallRepository {
  return {
    async take(source, feed) {
      await prisma.$transaction(async (client) => takeFeed(client, source, feed), { timeout: 30_000 });
    },
    countNew: (source, part, feed) => countNewRows(prisma, source, part, feed),
    async responders() {
      const [people, zones] = await Promise.all([
        prisma.responder.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] }),
        prisma.responderZone.findMany({ orderBy: { validFrom: "asc" } }),
      ]);
      const byPerson = groupBy(zones, ({ responderId }) => responderId);
      return people.map(({ createdAt: _createdAt, ...person }) => ({
        ...person,
        zones: (byPerson.get(person.id) ?? []).map(({ zone, validFrom }) => ({ zone, validFrom })),
      }));
    },
    shifts: (from, to) =>
      prisma.onCallShift.findMany({
        where: { startsAt: { lt: to }, endsAt: { gt: from } },
        orderBy: [{ startsAt: "asc" }, { id: "asc" }],
        select: { responderId: true, schedule: true, startsAt: true, endsAt: true },
      }),
    async pages(from, to) {
      const where = { pagedAt: { gte: from, lt: to } };
      return (await prisma.page.findMany({ where, orderBy: [{ pagedAt: "asc" }, { id: "asc" }] })).map(toPage);
    },
    async pagesOf(episodeIds) {
      const rows = await prisma.page.findMany({
        where: { episodeId: { in: [...episodeIds] } },
        orderBy: [{ pagedAt: "asc" }, { id: "asc" }],
      });
      return groupBy(rows.map(toPage), ({ episodeId }) => episodeId ?? "");
    },
    receivers: (since) => prisma.$queryRaw`
      SELECT told.receiver, count(DISTINCT told.id)::int4 AS episodes,
        coalesce(array_agg(DISTINCT p.responder_id::text) FILTER (WHERE p.delivered), '{}') AS paged
      FROM (SELECT id, unnest(receivers) AS receiver FROM episodes WHERE starts_at >= ${since}::timestamptz) AS told
      LEFT JOIN pages p ON p.episode_id = told.id
      GROUP BY told.receiver ORDER BY told.receiver`,
    // Two ways, so that each finds its index: one row is read for each page.
    match: (since) => prisma.$executeRaw`
      UPDATE pages AS p SET episode_id = found.id
      FROM (
        SELECT q.id AS page, e.id FROM pages q CROSS JOIN LATERAL (
          (${episodesAbout(Prisma.sql`q.fingerprint IS NOT NULL AND e.fingerprint = q.fingerprint`)}
            ORDER BY e.starts_at DESC LIMIT 1)
          UNION ALL
          (${episodesAbout(Prisma.sql`q.fingerprint IS NULL AND e.name = q.alert_name AND q.service IN ('', e.service)`)}
            ORDER BY e.starts_at DESC, e.id DESC LIMIT 1)
        ) AS e
        WHERE q.episode_id IS NULL OR q.paged_at >= ${since}
      ) AS found
      WHERE p.id = found.page AND p.episode_id IS DISTINCT FROM found.id`,
  };
}

/**
 * Those that page `q` may be about. Open at that time or ended at most ten minutes before; clocks may differ by a minute.
 * The fingerprint is asked where the feed tells it; else name and service.
 */
function episodesAbout(isAbout: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT e.id FROM episodes e
    WHERE ${isAbout} AND e.starts_at <= q.paged_at + interval '1 minute'
      AND e.starts_at >= q.paged_at - interval '30 days'
      AND (e.ends_at IS NULL OR e.ends_at >= q.paged_at - interval '10 minutes')`;
}

function toPage({
  reason,
  resolvedBy,
  source: _source,
  externalId: _externalId,
  fingerprint: _fp,
  ...row
}: PageRow): AlertPage {
  return {
    ...row,
    reason: PageReason.catch("first").parse(reason),
    resolvedBy: resolvedBy === "person" || resolvedBy === "source" ? resolvedBy : null,
  };
}
