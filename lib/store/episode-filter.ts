/** A filter of episodes as a condition of SQL. Every value is a parameter. */
import "server-only";
import type { AlertRoute } from "@/lib/domain/alert-history";
import { Prisma } from "@/prisma/generated/client";

export interface EpisodeFilter {
  /** Episodes that start in the range. */
  readonly from: Date;
  readonly to: Date;
  readonly rule?: string | undefined;
  readonly service?: string | undefined;
  readonly team?: string | undefined;
  readonly severity?: string | undefined;
  readonly source?: string | undefined;
  readonly route?: AlertRoute | undefined;
  readonly state?: "open" | "ended" | undefined;
  readonly judged?: "yes" | "no" | undefined;
  readonly faults: "with" | "without" | "only";
  /** Only these. */
  readonly fingerprints?: readonly string[] | undefined;
  /** Words of the name or service; all must be there. */
  readonly words: readonly string[];
}

/** Over `episodes e`. */
export function episodesWhere(filter: EpisodeFilter): Prisma.Sql {
  const { from, to, rule, service, team, severity, source, route, words } = filter;
  const conditions = [
    Prisma.sql`e.starts_at >= ${from}::timestamptz AND e.starts_at < ${to}::timestamptz`,
    ...(rule === undefined ? [] : [Prisma.sql`e.rule = ${rule}`]),
    ...(service === undefined ? [] : [Prisma.sql`e.service = ${service}`]),
    ...(team === undefined ? [] : [Prisma.sql`e.team = ${team}`]),
    ...(severity === undefined ? [] : [Prisma.sql`e.severity = ${severity.toLowerCase()}`]),
    ...(source === undefined ? [] : [Prisma.sql`${source} = ANY(e.sources)`]),
    ...(route === undefined ? [] : [Prisma.sql`e.route = ${route}`]),
    ...(filter.fingerprints === undefined
      ? []
      : [Prisma.sql`e.fingerprint = ANY(${[...filter.fingerprints]}::text[])`]),
    ...states(filter),
    ...words.map((word) => Prisma.sql`strpos(lower(e.name || ' ' || e.service), lower(${word})) > 0`),
  ];
  return Prisma.join(conditions, " AND ");
}

function states({ state, judged, faults }: EpisodeFilter): Prisma.Sql[] {
  const isJudged = Prisma.sql`EXISTS (
    SELECT 1 FROM verdicts v WHERE v.episode_id = e.id AND v.verdict IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM verdicts w WHERE w.episode_id = v.episode_id AND w.by = v.by AND w.created_at > v.created_at))`;
  return [
    ...(state === undefined
      ? []
      : [state === "open" ? Prisma.sql`e.ends_at IS NULL` : Prisma.sql`e.ends_at IS NOT NULL`]),
    ...(judged === undefined ? [] : [judged === "yes" ? isJudged : Prisma.sql`NOT ${isJudged}`]),
    ...(faults === "with"
      ? []
      : [faults === "only" ? Prisma.sql`e.monitoring_fault` : Prisma.sql`NOT e.monitoring_fault`]),
  ];
}
