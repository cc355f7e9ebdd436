/** Which pages and shifts of a feed are known already, by another way too: a tool may tell by its hook and in a file. */
import "server-only";
import { FILE_SOURCE } from "@/lib/domain/on-call";
import type { Prisma, PrismaClient } from "@/prisma/generated/client";
import type { Feed } from "./feed";

type Client = PrismaClient | Prisma.TransactionClient;

/** How many rows of one part nobody told before. A row that the feed holds twice is new once. */
export async function countNewRows(client: Client, source: string, part: keyof Feed, feed: Feed): Promise<number> {
  if (part === "people") {
    const handles = [...new Set(feed.people.map(({ handle }) => handle))];
    return handles.length - (await client.responder.count({ where: { handle: { in: handles } } }));
  }
  const rows = new Map<string, string>();
  if (part === "pages") for (const one of feed.pages) rows.set(one.externalId, sameness(one.handle, one.pagedAt));
  else for (const one of feed.shifts) rows.set(one.externalId, sameness(one.handle, one.startsAt));
  const known = await knownOf(client, part, [source, FILE_SOURCE], [...rows.keys()]);
  const told = known.filter((row) => row.source === source || row.sameness === rows.get(row.externalId));
  return rows.size - new Set(told.map(({ externalId }) => externalId)).size;
}

/**
 * Pages and shifts that a file told without naming a hook become those of the hook that tells them now, so that they count
 * once. The same id alone is not enough: another tool may use it too.
 */
export async function adoptFileRows(client: Client, source: string, feed: Feed): Promise<void> {
  if (source === FILE_SOURCE) return;
  for (const part of ["pages", "shifts"] as const) {
    const told =
      part === "pages"
        ? feed.pages.map((one) => [one.externalId, sameness(one.handle, one.pagedAt)] as const)
        : feed.shifts.map((one) => [one.externalId, sameness(one.handle, one.startsAt)] as const);
    if (told.length === 0) continue;
    const wanted = new Map(told);
    const known = await knownOf(client, part, [FILE_SOURCE, source], [...wanted.keys()]);
    const own = new Set(known.filter((row) => row.source === source).map(({ externalId }) => externalId));
    const same = known.filter((row) => row.source !== source && row.sameness === wanted.get(row.externalId));
    const idsOf = (isOwn: boolean) => same.filter((row) => own.has(row.externalId) === isOwn).map(({ id }) => id);
    const [moved, spare] = [{ id: { in: idsOf(false) } }, { id: { in: idsOf(true) } }];
    if (part === "pages") {
      await client.page.updateMany({ where: moved, data: { source } });
      await client.page.deleteMany({ where: spare });
    } else {
      await client.onCallShift.updateMany({ where: moved, data: { source } });
      await client.onCallShift.deleteMany({ where: spare });
    }
  }
}

interface KnownRow {
  readonly id: string;
  readonly source: string;
  readonly externalId: string;
  readonly sameness: string;
}

async function knownOf(
  client: Client,
  part: "pages" | "shifts",
  sources: readonly string[],
  ids: readonly string[],
): Promise<readonly KnownRow[]> {
  const where = { source: { in: [...new Set(sources)] }, externalId: { in: [...ids] } };
  const keys = { id: true, source: true, externalId: true, responderId: true } as const;
  const rows =
    part === "pages"
      ? (await client.page.findMany({ where, select: { ...keys, pagedAt: true } })).map(
          (row) => [row, row.pagedAt] as const,
        )
      : (await client.onCallShift.findMany({ where, select: { ...keys, startsAt: true } })).map(
          (row) => [row, row.startsAt] as const,
        );
  const people = await client.responder.findMany({
    where: { id: { in: [...new Set(rows.map(([{ responderId }]) => responderId))] } },
    select: { id: true, handle: true },
  });
  const handles = new Map(people.map(({ id, handle }) => [id, handle]));
  return rows.map(([{ id, source, externalId, responderId }, at]) => ({
    ...{ id, source, externalId, sameness: sameness(handles.get(responderId) ?? "", at) },
  }));
}

/** Whom and when: what a page or shift is, besides its id. */
const sameness = (handle: string, at: Date): string => `${handle} ${at.toISOString()}`;
