/** Verdicts: nothing is overwritten; the last one of each person counts. */
import "server-only";
import { groupBy } from "@/lib/domain/group-by";
import { z } from "zod";
import { VerdictKind, VerdictReason, type AlertVerdict } from "@/lib/domain/on-call";
import type { PrismaClient, Verdict as VerdictRow } from "@/prisma/generated/client";
import { readLabelled, type LabelledEpisode } from "./labelled-episodes";

export interface BacklogQuery {
  readonly from: Date;
  readonly to: Date;
  /** Whose verdict is missing. */
  readonly userId: string;
  readonly limit: number;
  /** Only these; without, all. */
  readonly among?: readonly string[];
}

export interface RuleFacts {
  readonly episodes: number;
  /** Of resolved fires. */
  readonly medianSeconds: number | null;
  readonly earlier: readonly { readonly verdict: VerdictKind; readonly at: Date }[];
}

export interface VerdictRepository {
  add(verdicts: readonly AlertVerdict[]): Promise<void>;
  /** Newest first, all of each person. */
  history(episodeIds: readonly string[]): Promise<readonly AlertVerdict[]>;
  /** The last of each person and episode, those taken back left out. */
  inForce(episodeIds: readonly string[]): Promise<ReadonlyMap<string, readonly AlertVerdict[]>>;
  /** Whether anybody ever judged an alert of this rule actionable. */
  everActionable(rule: string): Promise<boolean>;
  /** All verdicts on episodes that began in the window, oldest first. */
  ofEpisodesBegunIn(from: Date, to: Date): Promise<readonly AlertVerdict[]>;
  /** What a rule did since then, and its latest verdicts, newest first. */
  factsOfRules(rules: readonly string[], since: Date, verdicts: number): Promise<ReadonlyMap<string, RuleFacts>>;
  episodes(ids: readonly string[]): Promise<readonly LabelledEpisode[]>;
  /** Episodes that nobody judged, those that paged most first. */
  unjudged(query: BacklogQuery): Promise<readonly LabelledEpisode[]>;
}

export function createVerdictRepository(prisma: PrismaClient): VerdictRepository {
  const history = async (episodeIds: readonly string[]) => {
    const rows = await prisma.verdict.findMany({
      where: { episodeId: { in: [...episodeIds] } },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    });
    return rows.map(toVerdict);
  };
  return {
    async add(verdicts) {
      await prisma.verdict.createMany({ data: [...verdicts] });
    },
    history,
    async inForce(episodeIds) {
      const last = new Map<string, AlertVerdict>();
      for (const verdict of await history(episodeIds)) {
        const key = `${verdict.episodeId} ${verdict.by}`;
        if (!last.has(key)) last.set(key, verdict);
      }
      const standing = [...last.values()].filter(({ verdict }) => verdict !== null);
      return groupBy(standing, ({ episodeId }) => episodeId);
    },
    everActionable: async (rule) =>
      (await prisma.verdict.count({ where: { rule, verdict: "actionable" }, take: 1 })) > 0,
    async ofEpisodesBegunIn(from, to) {
      const rows = await prisma.$queryRaw<VerdictRow[]>`
        SELECT v.id, v.episode_id AS "episodeId", v.rule, v.verdict, v.reason, v.note, v.by, v.by_name AS "byName", v.via,
          v.created_at AS "createdAt"
        FROM verdicts v JOIN episodes e ON e.id = v.episode_id
        WHERE e.starts_at >= ${from} AND e.starts_at < ${to} ORDER BY v.created_at, v.id`;
      return rows.map(toVerdict);
    },
    async factsOfRules(rules, since, limit) {
      const wanted = [...rules];
      const [counts, verdicts] = await Promise.all([
        prisma.$queryRaw<{ rule: string; episodes: number; median: number | null }[]>`
          SELECT rule, count(*)::int AS episodes,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ends_at - starts_at))
              FILTER (WHERE end_reason = 'resolved')::float8 AS median
          FROM episodes WHERE rule = ANY(${wanted}) AND starts_at >= ${since} GROUP BY rule`,
        prisma.$queryRaw<{ rule: string; verdict: string; at: Date }[]>`
          SELECT rule, verdict, created_at AS at FROM (
            SELECT *, row_number() OVER (PARTITION BY rule ORDER BY created_at DESC, id DESC) AS place
            FROM verdicts WHERE rule = ANY(${wanted}) AND verdict IS NOT NULL) v
          WHERE place <= ${limit} ORDER BY rule, place`,
      ]);
      const earlier = groupBy(verdicts, ({ rule }) => rule);
      return new Map(
        counts.map(({ rule, episodes, median }) => [
          rule,
          {
            episodes,
            medianSeconds: median,
            earlier: (earlier.get(rule) ?? []).map(({ verdict, at }) => ({ verdict: VerdictKind.parse(verdict), at })),
          },
        ]),
      );
    },
    episodes: (ids) => readLabelled(prisma, ids),
    async unjudged({ from, to, userId, limit, among }) {
      const wanted = among === undefined ? null : [...among];
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT e.id FROM episodes e
        LEFT JOIN (SELECT episode_id, count(*) AS n FROM pages WHERE delivered GROUP BY episode_id) p ON p.episode_id = e.id
        WHERE e.starts_at >= ${from} AND e.starts_at < ${to} AND NOT e.monitoring_fault AND NOT e.silenced
          AND (p.n > 0 OR e.route = 'page') AND (${wanted}::text[] IS NULL OR e.id = ANY(${wanted}::text[]))
          AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.episode_id = e.id AND v.by = ${userId}::uuid)
          AND NOT EXISTS (
            SELECT 1 FROM verdicts v WHERE v.episode_id = e.id AND v.verdict IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM verdicts w WHERE w.episode_id = v.episode_id AND w.by = v.by AND w.created_at > v.created_at))
        ORDER BY coalesce(p.n, 0) DESC, e.fires DESC, e.starts_at DESC, e.id
        LIMIT ${limit}`;
      return readLabelled(
        prisma,
        rows.map(({ id }) => id),
      );
    },
  };
}

function toVerdict({ verdict, reason, via, ...row }: VerdictRow): AlertVerdict {
  return {
    ...row,
    verdict: verdict === null ? null : VerdictKind.parse(verdict),
    reason: VerdictReason.or(z.literal("")).catch("").parse(reason),
    via: VIAS.find((one) => one === via) ?? "import",
  };
}

const VIAS = ["alerts", "backlog", "link", "bulk", "import"] as const;
