/** A month of planted alerts in the database: fires, who was paged for one in fifty of those that page, and some verdicts. */
import type pg from "pg";
import { MONTH_SERVICES } from "@/demo/months/estate";
import { PEOPLE } from "@/demo/months/people";

export const MONTH = "2026-09";
/** The month is over, with its margin. */
export const MONTH_READ_AT = new Date("2026-10-20T12:00:00Z");
const FROM_MS = Date.UTC(2026, 8, 1);
const BATCH = 100_000;

export async function plantPeople(client: pg.Client): Promise<void> {
  for (const { handle, name, team, zone } of PEOPLE) {
    await client.query(
      `WITH person AS (INSERT INTO responders (id, handle, name, team) VALUES (gen_random_uuid(), $1, $2, $3) RETURNING id)
       INSERT INTO responder_zones (id, responder_id, zone, valid_from)
       SELECT gen_random_uuid(), id, $4, '2020-01-01' FROM person`,
      [handle, name, team, zone || "UTC"],
    );
  }
}

/** 300 rules whose volumes fall like 1, 1/2, 1/3 …, eight instances each, over the services of the demo's estate. */
export async function plantMonth(client: pg.Client, size: number): Promise<void> {
  await client.query("TRUNCATE fires, episodes, pages, verdicts");
  for (let from = 0; from < size; from += BATCH) {
    await client.query(
      `INSERT INTO fires (id, fingerprint, episode_id, rule, name, service, environment, team, severity, monitoring_fault,
         starts_at, ends_at, end_reason, first_seen_at, last_seen_at, sources, receivers, route, labels, annotations, deliveries)
       SELECT md5(n::text), left(md5(rule || '-' || n % 8), 16), md5(n::text), 'Rule' || rule, 'Rule' || rule,
         ($3::text[])[1 + rule % cardinality($3)], 'production', 'team-' || rule % 7,
         (ARRAY['page', 'warning'])[1 + rule % 2], false, start, start + length, 'resolved', start, start,
         ARRAY['alertmanager/pages'], ARRAY['on-call-page'], (ARRAY['page', 'ticket'])[1 + rule % 2],
         jsonb_build_object('alertname', 'Rule' || rule, 'instance', 'host-' || n % 8), '{}', '{}'
       FROM (SELECT n, floor(power(301, ((n::bigint * 7919) % 10007) / 10007::float8))::int AS rule,
           to_timestamp($4::float8 / 1000 + ((n::bigint * 104729) % 2591999) + (n % 1000) / 1000.0) AS start,
           make_interval(secs => 60 + (n::bigint * 31337) % 3000) AS length
         FROM generate_series($1::int, $2::int) AS n) AS planned`,
      [from, Math.min(from + BATCH, size) - 1, MONTH_SERVICES.map(({ name }) => name), FROM_MS],
    );
  }
  await client.query(
    `INSERT INTO pages (id, source, external_id, responder_id, alert_name, service, paged_at, channel, acked_at, episode_id)
     SELECT gen_random_uuid(), 'oncall/main', f.id, r.ids[1 + f.n % cardinality(r.ids)], f.name, f.service,
       f.starts_at + interval '30 s', 'push', CASE WHEN f.n % 3 = 0 THEN NULL ELSE f.starts_at + interval '200 s' END, f.id
     FROM (SELECT *, row_number() OVER (ORDER BY starts_at, id) AS n FROM fires WHERE route = 'page') f,
       (SELECT array_agg(id ORDER BY handle) AS ids FROM responders) r
     WHERE f.n % 50 = 0`,
  );
  await client.query(
    `INSERT INTO episodes (id, fingerprint, rule, name, service, environment, team, severity, monitoring_fault, starts_at,
       ends_at, end_reason, fires, sources, first_seen_at)
     SELECT f.id, f.fingerprint, f.rule, f.name, f.service, f.environment, f.team, f.severity, false, f.starts_at, f.ends_at,
       f.end_reason, 1, f.sources, f.first_seen_at FROM fires f JOIN pages p ON p.episode_id = f.id`,
  );
  await client.query(
    `INSERT INTO verdicts (id, episode_id, rule, verdict, by, by_name, via, created_at)
     SELECT gen_random_uuid(), id, rule, (ARRAY['actionable', 'noise', 'expected'])[1 + n % 3], gen_random_uuid(), 'Kim',
       'alerts', starts_at + interval '1 day'
     FROM (SELECT *, row_number() OVER (ORDER BY starts_at, id) AS n FROM episodes) e WHERE n % 4 = 0`,
  );
  await client.query("ANALYZE fires");
  await client.query("ANALYZE pages");
  await client.query("ANALYZE episodes");
}
