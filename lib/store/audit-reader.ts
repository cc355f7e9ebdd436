/** Questions to the audit trail. Filters are whole values: what a reader does not know in full cannot be searched for. */
import "server-only";
import { Prisma, type PrismaClient } from "@/prisma/generated/client";
import { AuditDetail, type StoredAuditEntry } from "./audit-entry";
import { isUuid } from "./is-uuid";

export interface AuditFilter {
  readonly actor?: string | undefined;
  /** `timeline.view`, or a whole area as `timeline.`. */
  readonly action?: string | undefined;
  readonly incident?: string | undefined;
  /** Any of these. */
  readonly subjects?: readonly string[] | undefined;
  readonly from?: Date | undefined;
  /** Not included. */
  readonly to?: Date | undefined;
}

/** One person in one role. */
export interface Onlooker {
  readonly actor: string;
  readonly role: string;
  /** Questions, exports and reveals that showed the subject. */
  readonly times: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly actions: readonly string[];
  readonly incidentCount: number;
  /** At most `MAX_INCIDENTS` of them. */
  readonly incidents: readonly string[];
}

export interface Onlookers {
  readonly people: readonly Onlooker[];
  /** Of all that there are. */
  readonly total: number;
}

/** Why somebody was let see more than their role. */
export interface RevealReason {
  readonly userId: string;
  readonly incident: string;
  readonly fieldClass: string;
  readonly reason: string;
  readonly ticket: string;
  readonly at: Date;
}

export interface AuditReader {
  /** Newest first, those with a lower `seq` than `before`. */
  search(filter: AuditFilter, limitRows: number, before?: bigint): Promise<readonly StoredAuditEntry[]>;
  /** Who was shown data of any of the subjects, the latest first. Reading the audit trail itself does not count. */
  whoSaw(subjects: readonly string[], limitRows: number, span?: AuditSpan): Promise<Onlookers>;
  /** By the ids of actors; what is not a person's id is left out. */
  namesOf(actors: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Reveals of these people in these incidents, newest first. */
  reasonsOf(
    userIds: readonly string[],
    incidents: readonly string[],
    limitRows: number,
  ): Promise<readonly RevealReason[]>;
}

export type AuditSpan = Pick<AuditFilter, "from" | "to">;

const MAX_INCIDENTS = 20;

export function createAuditReader(prisma: PrismaClient): AuditReader {
  return {
    async search(filter, limitRows, before) {
      const rows = await prisma.$queryRaw<EntryRow[]>`
        ${entriesAbout(filter.subjects)}
        SELECT seq, at, actor, role, action, incident, subjects, detail, request_id AS "requestId"
        FROM entry WHERE ${conditions(filter, before)} ORDER BY seq DESC LIMIT ${limitRows}`;
      return rows.map(toEntry);
    },
    async whoSaw(subjects, limitRows, span = {}) {
      const rows = await prisma.$queryRaw<(Onlooker & { total: number })[]>`
      SELECT count(*) OVER ()::int AS total, actor, role, count(DISTINCT coalesce(request_id, seq::text))::int AS times,
        min(at) AS "firstAt", max(at) AS "lastAt", array_agg(DISTINCT action) AS actions,
        count(DISTINCT incident)::int AS "incidentCount",
        coalesce((array_agg(DISTINCT incident) FILTER (WHERE incident IS NOT NULL))[1:${MAX_INCIDENTS}::int], '{}') AS incidents
      FROM audit_entries
      WHERE subjects && ${[...subjects]}::text[] AND ${conditions(span)} AND action NOT LIKE 'audit.%'
      GROUP BY actor, role ORDER BY "lastAt" DESC, actor, role LIMIT ${limitRows}`;
      return { people: rows.map(({ total: _total, ...person }) => person), total: rows[0]?.total ?? 0 };
    },
    async namesOf(actors) {
      const ids = [...new Set(actors)].filter(isUuid);
      const people = await prisma.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
      return new Map(people.map(({ id, name }) => [id, name]));
    },
    async reasonsOf(userIds, incidents, limitRows) {
      const rows = await prisma.reveal.findMany({
        where: { userId: { in: userIds.filter(isUuid) }, incident: { in: [...incidents] }, startsAt: { not: null } },
        select: { userId: true, incident: true, fieldClass: true, reason: true, ticket: true, createdAt: true },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: limitRows,
      });
      return rows.map(({ createdAt, ...row }) => ({ ...row, at: createdAt }));
    },
  };
}

type EntryRow = Omit<StoredAuditEntry, "incident" | "requestId" | "detail"> & {
  readonly incident: string | null;
  readonly requestId: string | null;
  readonly detail: unknown;
};

/**
 * Subjects are looked up first and by themselves. In one condition with the order by `seq` the planner may walk the whole
 * trail from its end, in the hope of meeting a rare subject soon.
 */
function entriesAbout(subjects: readonly string[] | undefined): Prisma.Sql {
  if (!subjects) return Prisma.sql`WITH entry AS NOT MATERIALIZED (SELECT * FROM audit_entries)`;
  return Prisma.sql`WITH entry AS MATERIALIZED (SELECT * FROM audit_entries WHERE subjects && ${[...subjects]}::text[])`;
}

function conditions({ actor, action, incident, from, to }: AuditFilter, before?: bigint): Prisma.Sql {
  const all = [
    ...(before === undefined ? [] : [Prisma.sql`seq < ${before}`]),
    ...(actor === undefined ? [] : [Prisma.sql`actor = ${actor}`]),
    ...(action === undefined ? [] : [actionIs(action)]),
    ...(incident === undefined ? [] : [Prisma.sql`incident = ${incident}`]),
    ...(from ? [Prisma.sql`at >= ${from}`] : []),
    ...(to ? [Prisma.sql`at < ${to}`] : []),
  ];
  return all.length === 0 ? Prisma.sql`true` : Prisma.join(all, " AND ");
}

function actionIs(action: string): Prisma.Sql {
  return action.endsWith(".") ? Prisma.sql`starts_with(action, ${action})` : Prisma.sql`action = ${action}`;
}

/** A detail that this version does not write is left out: it may hold anything. */
function toEntry({ incident, requestId, detail, ...row }: EntryRow): StoredAuditEntry {
  const known = AuditDetail.safeParse(detail);
  return {
    ...row,
    detail: known.success ? known.data : {},
    ...(incident !== null && { incident }),
    ...(requestId !== null && { requestId }),
  };
}
