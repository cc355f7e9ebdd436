/** The history of alerts as it is read: episodes by filter and page, what rules did, one episode with its fires. */
import "server-only";
import type { AlertFire } from "@/lib/domain/alert-history";
import type { HistoryGap } from "@/lib/domain/firing-history";
import { Prisma, type PrismaClient } from "@/prisma/generated/client";
import { toFire } from "./alert-rows";
import { type EpisodeFilter, episodesWhere } from "./episode-filter";
import { readLabelled, type LabelledEpisode } from "./labelled-episodes";

/** Where a page ends: the last row of it. */
export interface EpisodeCursor {
  readonly startsAt: Date;
  readonly id: string;
}

/** Episodes that no rule of access can tell apart: the same labels, and told by the same sources. */
export interface EpisodeGroup {
  readonly sample: LabelledEpisode;
  readonly episodes: number;
}

export interface RuleLine {
  readonly rule: string;
  readonly fires: number;
  readonly episodes: number;
  readonly open: number;
  readonly judged: number;
  /** Delivered, as feeds told. */
  readonly pages: number;
  /** By day of the range, oldest first. */
  readonly density: readonly number[];
}

export interface CoverageGap {
  readonly source: string;
  readonly from: Date;
  readonly to: Date;
  /** `not-heard`, or why its own history does not tell. */
  readonly why: "not-heard" | HistoryGap["why"];
}

export interface AlertRepository {
  /** Newest first. */
  episodes(filter: EpisodeFilter, take: number, after?: EpisodeCursor): Promise<readonly LabelledEpisode[]>;
  /** Those that fired most first; cut at `take`. */
  groups(filter: EpisodeFilter, take: number): Promise<readonly EpisodeGroup[]>;
  /** One line per rule, those with most episodes first. */
  rules(filter: EpisodeFilter): Promise<readonly RuleLine[]>;
  /** Ascending, the newest `take`. */
  firesOf(episodeId: string, take: number): Promise<readonly AlertFire[]>;
  /** What still fires by what this source told. */
  openFires(source: string): Promise<readonly AlertFire[]>;
  /** Episodes of these alerts that touch the range, oldest first. */
  episodesOf(fingerprints: readonly string[], from: Date, to: Date): Promise<readonly LabelledEpisode[]>;
  /** When a source that was ever heard was not, and what its history could not tell, inside the range. The newest `take` of `total`, ascending. */
  gaps(from: Date, to: Date, take: number): Promise<{ readonly gaps: readonly CoverageGap[]; readonly total: number }>;
  /** Hours of the range in which each source that was ever heard was heard. */
  heard(from: Date, to: Date): Promise<readonly { readonly source: string; readonly hours: number }[]>;
}

const MOST_EPISODES = 200;

export function createAlertRepository(prisma: PrismaClient): AlertRepository {
  return {
    async episodes(filter, take, after) {
      const from = after
        ? Prisma.sql`AND (e.starts_at, e.id) < (${after.startsAt}::timestamptz, ${after.id})`
        : Prisma.empty;
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT e.id FROM episodes e WHERE ${episodesWhere(filter)} ${from}
        ORDER BY e.starts_at DESC, e.id DESC LIMIT ${take}`;
      return readLabelled(
        prisma,
        rows.map(({ id }) => id),
      );
    },
    async groups(filter, take) {
      const rows = await prisma.$queryRaw<{ id: string; episodes: number }[]>`
        SELECT max(e.id) AS id, count(*)::int AS episodes FROM episodes e WHERE ${episodesWhere(filter)}
        GROUP BY e.fingerprint, e.sources ORDER BY count(*) DESC, max(e.id) LIMIT ${take}`;
      const counts = new Map(rows.map(({ id, episodes }) => [id, episodes]));
      const samples = await readLabelled(
        prisma,
        rows.map(({ id }) => id),
      );
      return samples.map((sample) => ({ sample, episodes: counts.get(sample.episode.id) ?? 0 }));
    },
    async rules(filter) {
      const rows = await prisma.$queryRaw<(Omit<RuleLine, "density"> & { days: number[] })[]>`
        SELECT e.rule, sum(e.fires)::int AS fires, count(*)::int AS episodes,
          count(*) FILTER (WHERE e.ends_at IS NULL)::int AS open,
          count(*) FILTER (WHERE EXISTS (
            SELECT 1 FROM verdicts v WHERE v.episode_id = e.id AND v.verdict IS NOT NULL))::int AS judged,
          sum((SELECT count(*) FROM pages p WHERE p.episode_id = e.id AND p.delivered AND NOT p.estimated))::int AS pages,
          array_agg(floor(extract(epoch FROM e.starts_at - ${filter.from}::timestamptz) / 86400)::int) AS days
        FROM episodes e WHERE ${episodesWhere(filter)}
        GROUP BY e.rule ORDER BY count(*) DESC, e.rule`;
      const length = Math.max(1, Math.ceil((filter.to.getTime() - filter.from.getTime()) / 86_400_000));
      return rows.map(({ days, ...line }) => ({ ...line, density: densityOf(days, length) }));
    },
    async firesOf(episodeId, take) {
      const rows = await prisma.fire.findMany({ where: { episodeId }, orderBy: { startsAt: "desc" }, take });
      return rows.reverse().map(toFire);
    },
    async openFires(source) {
      const rows = await prisma.fire.findMany({ where: { endsAt: null, sources: { has: source } } });
      return rows.map(toFire);
    },
    async episodesOf(fingerprints, from, to) {
      const rows = await prisma.episode.findMany({
        where: {
          ...{ fingerprint: { in: [...fingerprints] }, startsAt: { lte: to } },
          OR: [{ endsAt: null }, { endsAt: { gte: from } }],
        },
        select: { id: true },
        orderBy: [{ startsAt: "asc" }, { id: "asc" }],
        take: MOST_EPISODES,
      });
      return readLabelled(
        prisma,
        rows.map(({ id }) => id),
      );
    },
    async gaps(from, to, take) {
      const rows = await prisma.$queryRaw<(CoverageGap & { total: number })[]>`
        WITH heard AS (
          SELECT source, from_at, to_at, lag(to_at) OVER (PARTITION BY source ORDER BY from_at, to_at) AS before
          FROM coverage_spans WHERE how = 'heard'
            AND to_at >= ${from}::timestamptz - interval '40 days' AND from_at < ${to}::timestamptz),
        missing AS (
          SELECT source, before AS began, from_at AS ended, 'not-heard' AS why FROM heard
          WHERE before < from_at - interval '10 minutes'
          UNION ALL
          SELECT source, to_timestamp((gap->>'fromMs')::float8 / 1000), to_timestamp((gap->>'toMs')::float8 / 1000), gap->>'why'
          FROM backfills, jsonb_array_elements(gaps) AS gap)
        SELECT source, GREATEST(began, ${from}::timestamptz) AS "from", LEAST(ended, ${to}::timestamptz) AS "to", why,
          count(*) OVER ()::int AS total
        FROM missing WHERE ended > ${from}::timestamptz AND began < ${to}::timestamptz
        ORDER BY 2 DESC, 1 DESC LIMIT ${take}`;
      const gaps = rows.map(({ total: _total, ...gap }) => gap).reverse();
      return { gaps, total: rows[0]?.total ?? 0 };
    },
    heard: (from, to) => prisma.$queryRaw<{ source: string; hours: number }[]>`
      WITH heard AS (
        SELECT source, range_agg(tstzrange(GREATEST(from_at, ${from}::timestamptz), LEAST(to_at, ${to}::timestamptz)))
          FILTER (WHERE to_at > ${from}::timestamptz AND from_at < ${to}::timestamptz) AS spans
        FROM coverage_spans GROUP BY source)
      SELECT source, coalesce((SELECT sum(extract(epoch FROM upper(span) - lower(span))) FROM unnest(spans) AS span), 0)
        ::float8 / 3600 AS hours
      FROM heard ORDER BY source`,
  };
}

function densityOf(days: readonly number[], length: number): number[] {
  const density = Array.from({ length }, () => 0);
  for (const day of days) if (day >= 0 && day < length) density[day] = (density[day] ?? 0) + 1;
  return density;
}
