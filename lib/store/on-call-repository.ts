/** People who are paged, their clocks, their shifts and their pages, as feeds tell them. Telling twice changes nothing. */
import "server-only";
import { groupBy } from "@/lib/domain/group-by";
import { PageReason, type AlertPage, type OnCallShift, type Responder } from "@/lib/domain/on-call";
import type { Prisma, PrismaClient, Page as PageRow } from "@/prisma/generated/client";
import { adoptFileRows, countNewRows } from "./known-feed-rows";

export interface FedPerson {
  /** Lower case. */
  readonly handle: string;
  readonly name?: string | undefined;
  readonly team?: string | undefined;
  readonly zone?: { readonly zone: string; readonly from: Date } | undefined;
}

export interface FedPage extends Omit<AlertPage, "id" | "responderId" | "episodeId" | "ackedBy"> {
  readonly externalId: string;
  readonly handle: string;
  readonly fingerprint: string | null;
  readonly ackedBy: string | null;
}

export interface FedShift {
  readonly externalId: string;
  readonly handle: string;
  readonly schedule: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface Feed {
  readonly people: readonly FedPerson[];
  readonly pages: readonly FedPage[];
  readonly shifts: readonly FedShift[];
}

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

type Client = PrismaClient | Prisma.TransactionClient;

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
      GROUP BY told.receiver ORDER BY told.receiver LIMIT 200`,
    // The fingerprint where the feed tells it; else name and service. Open at that time or ended
    // at most ten minutes before; clocks may differ by a minute.
    match: (since) => prisma.$executeRaw`
      UPDATE pages AS p SET episode_id = found.id
      FROM (
        SELECT DISTINCT ON (q.id) q.id AS page, e.id
        FROM pages q
        JOIN episodes e ON e.starts_at <= q.paged_at + interval '1 minute'
          AND (e.ends_at IS NULL OR e.ends_at >= q.paged_at - interval '10 minutes')
          AND e.starts_at >= q.paged_at - interval '30 days'
          AND CASE WHEN q.fingerprint IS NOT NULL THEN e.fingerprint = q.fingerprint
                   ELSE e.name = q.alert_name AND (q.service = '' OR e.service = q.service) END
        WHERE q.episode_id IS NULL OR q.paged_at >= ${since}
        ORDER BY q.id, e.starts_at DESC, e.id
      ) AS found
      WHERE p.id = found.page AND p.episode_id IS DISTINCT FROM found.id`,
  };
}

/** The same inside a transaction that is under way. */
export async function takeFeed(client: Client, source: string, feed: Feed): Promise<void> {
  const ids = await knowPeople(client, feed);
  await adoptFileRows(client, source, feed);
  for (const page of feed.pages) await takePage(client, source, page, ids);
  for (const shift of feed.shifts) await takeShift(client, source, shift, ids);
}

/** Everybody whom the feed names, by handle. A later feed may add name, team and clock. */
async function knowPeople(client: Client, { people, pages, shifts }: Feed): Promise<ReadonlyMap<string, string>> {
  const told = new Map(people.map((person) => [person.handle, person]));
  const handles = new Set([
    ...told.keys(),
    ...pages.flatMap(({ handle, ackedBy }) => (ackedBy === null ? [handle] : [handle, ackedBy])),
    ...shifts.map(({ handle }) => handle),
  ]);
  const ids = new Map<string, string>();
  for (const handle of [...handles].sort()) {
    const { name, team } = told.get(handle) ?? {};
    const user = await client.user.findUnique({ where: { email: handle }, select: { id: true, name: true } });
    const known = {
      ...(name !== undefined && { name }),
      ...(team !== undefined && { team }),
      ...(user && { userId: user.id }),
    };
    const { id } = await client.responder.upsert({
      where: { handle },
      create: { handle, name: user?.name ?? handle, ...known },
      update: known,
    });
    ids.set(handle, id);
  }
  for (const { handle, zone } of people) {
    const responderId = ids.get(handle);
    if (!zone || responderId === undefined) continue;
    const place = { responderId, validFrom: zone.from };
    await client.responderZone.upsert({
      where: { responderId_validFrom: place },
      create: { ...place, zone: zone.zone },
      update: { zone: zone.zone },
    });
  }
  return ids;
}

async function takePage(
  client: Client,
  source: string,
  page: FedPage,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const { externalId, handle, ackedBy, ...told } = page;
  const data = { ...told, responderId: idOf(ids, handle), ackedBy: ackedBy === null ? null : idOf(ids, ackedBy) };
  await client.page.upsert({
    where: { source_externalId: { source, externalId } },
    create: { source, externalId, ...data },
    update: data,
  });
}

async function takeShift(
  client: Client,
  source: string,
  shift: FedShift,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const { externalId, handle, ...told } = shift;
  const data = { ...told, responderId: idOf(ids, handle) };
  await client.onCallShift.upsert({
    where: { source_externalId: { source, externalId } },
    create: { source, externalId, ...data },
    update: data,
  });
}

function idOf(ids: ReadonlyMap<string, string>, handle: string): string {
  const id = ids.get(handle);
  if (id === undefined) throw new Error("a feed names a person that was not made known");
  return id;
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
