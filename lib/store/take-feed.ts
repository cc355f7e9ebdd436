/**
 * People, shifts and pages of a feed, inside a transaction that is under way. A statement for each kind and not for each row:
 * a feed may hold five thousand, and its transaction has to end in time.
 */
import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { adoptFileRows } from "./known-feed-rows";
import type { Feed } from "./feed";

type Client = Prisma.TransactionClient;

/** Telling twice changes nothing; of two rows with one id the last holds. */
export async function takeFeed(client: Client, source: string, feed: Feed): Promise<void> {
  const ids = await knowPeople(client, feed);
  await takeZones(client, feed, ids);
  await adoptFileRows(client, source, feed);
  await takePages(client, source, feed, ids);
  await takeShifts(client, source, feed, ids);
}

/** Everybody whom the feed names, by handle. A later feed may add name and team. */
async function knowPeople(client: Client, { people, pages, shifts }: Feed): Promise<ReadonlyMap<string, string>> {
  const told = new Map(people.map((person) => [person.handle, person]));
  const named = [
    ...told.keys(),
    ...pages.flatMap(({ handle, ackedBy }) => (ackedBy === null ? [handle] : [handle, ackedBy])),
    ...shifts.map(({ handle }) => handle),
  ];
  // In one order for everybody, so that no two feeds wait for each other.
  const handles = [...new Set(named)].sort();
  const users = await client.user.findMany({
    where: { email: { in: handles } },
    select: { id: true, name: true, email: true },
  });
  const userOf = new Map(users.map((user) => [user.email, user]));
  const rows = handles.map((handle) => {
    const { name, team } = told.get(handle) ?? {};
    return { handle, name: name ?? null, team: team ?? null, user: userOf.get(handle) };
  });
  await client.responder.createMany({
    data: rows.map(({ handle, name, user }) => ({ handle, name: name ?? user?.name ?? handle })),
    skipDuplicates: true,
  });
  const changes = rows.map(({ user, ...row }) => ({ ...row, user_id: user?.id ?? null }));
  await client.$executeRaw`
    UPDATE responders AS r SET name = coalesce(told.name, r.name), team = coalesce(told.team, r.team),
      user_id = coalesce(told.user_id, r.user_id)
    FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS told(handle text, name text, team text, user_id uuid)
    WHERE r.handle = told.handle
      AND (told.name IS NOT NULL OR told.team IS NOT NULL OR told.user_id IS NOT NULL)`;
  const known = await client.responder.findMany({
    where: { handle: { in: handles } },
    select: { id: true, handle: true },
  });
  return new Map(known.map(({ id, handle }) => [handle, id]));
}

async function takeZones(client: Client, { people }: Feed, ids: ReadonlyMap<string, string>): Promise<void> {
  const zones = people.flatMap(({ handle, zone }) =>
    zone ? [{ responder_id: idOf(ids, handle), valid_from: zone.from.toISOString(), zone: zone.zone }] : [],
  );
  const rows = lastOf(zones, (one) => `${one.responder_id} ${one.valid_from}`);
  if (rows.length === 0) return;
  await client.$executeRaw`
    INSERT INTO responder_zones (id, responder_id, valid_from, zone)
    SELECT gen_random_uuid(), responder_id, valid_from, zone
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS told(responder_id uuid, valid_from timestamptz, zone text)
    ON CONFLICT (responder_id, valid_from) DO UPDATE SET zone = excluded.zone`;
}

async function takePages(
  client: Client,
  source: string,
  { pages }: Feed,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = lastOf(pages, ({ externalId }) => externalId).map(({ handle, ackedBy, ...page }) => ({
    ...page,
    responderId: idOf(ids, handle),
    ackedBy: ackedBy === null ? null : idOf(ids, ackedBy),
  }));
  if (rows.length === 0) return;
  await client.$executeRaw`
    INSERT INTO pages (id, source, external_id, responder_id, fingerprint, alert_name, service, paged_at, step, reason, channel,
      delivered, estimated, acked_at, acked_by, resolved_at, resolved_by, engaged_minutes)
    SELECT gen_random_uuid(), ${source}, "externalId", "responderId", fingerprint, "alertName", service, "pagedAt", step, reason,
      channel, delivered, estimated, "ackedAt", "ackedBy", "resolvedAt", "resolvedBy", "engagedMinutes"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS told("externalId" text, "responderId" uuid, fingerprint text,
      "alertName" text, service text, "pagedAt" timestamptz, step int4, reason text, channel text, delivered boolean,
      estimated boolean, "ackedAt" timestamptz, "ackedBy" uuid, "resolvedAt" timestamptz, "resolvedBy" text,
      "engagedMinutes" float8)
    ON CONFLICT (source, external_id) DO UPDATE SET
      responder_id = excluded.responder_id, fingerprint = excluded.fingerprint, alert_name = excluded.alert_name,
      service = excluded.service, paged_at = excluded.paged_at, step = excluded.step, reason = excluded.reason,
      channel = excluded.channel, delivered = excluded.delivered, estimated = excluded.estimated, acked_at = excluded.acked_at,
      acked_by = excluded.acked_by, resolved_at = excluded.resolved_at, resolved_by = excluded.resolved_by,
      engaged_minutes = excluded.engaged_minutes`;
}

async function takeShifts(
  client: Client,
  source: string,
  { shifts }: Feed,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = lastOf(shifts, ({ externalId }) => externalId).map(({ handle, ...shift }) => ({
    ...shift,
    responderId: idOf(ids, handle),
  }));
  if (rows.length === 0) return;
  await client.$executeRaw`
    INSERT INTO on_call_shifts (id, source, external_id, responder_id, schedule, starts_at, ends_at)
    SELECT gen_random_uuid(), ${source}, "externalId", "responderId", schedule, "startsAt", "endsAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS told("externalId" text, "responderId" uuid, schedule text,
      "startsAt" timestamptz, "endsAt" timestamptz)
    ON CONFLICT (source, external_id) DO UPDATE SET responder_id = excluded.responder_id, schedule = excluded.schedule,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at`;
}

/** One statement may not write one row twice. */
function lastOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

function idOf(ids: ReadonlyMap<string, string>, handle: string): string {
  const id = ids.get(handle);
  if (id === undefined) throw new Error("a feed names a person that was not made known");
  return id;
}
