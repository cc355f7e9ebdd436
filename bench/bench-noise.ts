/** The measures of a month of up to 100,000 fires, as multiples of one plain scan of the same rows, on both databases. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { MONTH_SERVICES } from "@/demo/months/estate";
import type { NoiseFire, NoiseInput } from "@/lib/domain/noise-input";
import { NoiseSettings } from "@/lib/domain/noise-settings";
import { measureMonth } from "@/lib/noise/measure-month";
import { findRunningEmbeddedPostgres } from "@/lib/store/embedded-postgres";
import { openStore, type StoreSettings } from "@/lib/store/open-store";
import type { Result } from "./measure";
import { noisePages, NOISE_PEOPLE } from "./noise-people";

const SIZES = [10_000, 100_000] as const;
const BATCH = 100_000;
const FROM = Date.UTC(2026, 8, 1);
const TO = Date.UTC(2026, 9, 1);
const AIM_SCANS = 5;
/** Each fire of the larger month may take this many times as long as one of the smaller. */
const AIM_GROWTH = 2;
const keys = { current: Buffer.alloc(32, 1), previous: [] };
const SERVER = "postgresql://postgres@127.0.0.1:5432/test";

export async function benchNoise(): Promise<Result[]> {
  const embedded = await onEmbedded();
  const server = process.env.TEST_DATABASE_URL ?? SERVER;
  return [...embedded, ...(await onServer(server))];
}

async function onEmbedded(): Promise<Result[]> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-bench-"));
  try {
    return await bench("embedded", { dataDir, keys }, async () => {
      const running = await findRunningEmbeddedPostgres(dataDir);
      return new pg.Client({ host: running?.host ?? "", user: "postgres", database: "postgres" });
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function onServer(url: string): Promise<Result[]> {
  const name = `throughline_bench_${randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`CREATE DATABASE "${name}"`);
  const fresh = new URL(url);
  fresh.pathname = `/${name}`;
  try {
    return await bench("PostgreSQL", { databaseUrl: fresh.href, dataDir: os.tmpdir(), keys }, () =>
      Promise.resolve(new pg.Client({ connectionString: fresh.href })),
    );
  } finally {
    await admin.query(`DROP DATABASE "${name}" WITH (FORCE)`);
    await admin.end();
  }
}

async function bench(name: string, settings: StoreSettings, connect: () => Promise<pg.Client>): Promise<Result[]> {
  const store = await openStore(settings);
  const client = await connect();
  await client.connect();
  try {
    const months: { readonly size: number; readonly scanMs: number; readonly allMs: number }[] = [];
    for (const size of SIZES) {
      await fill(client, size);
      months.push({ size, ...(await scanAndMeasure(client, size)) });
    }
    const [small, large] = months;
    const growth = (large?.allMs ?? 0) / (large?.size ?? 1) / ((small?.allMs ?? 1) / (small?.size ?? 1));
    return [
      ...months.map(({ size, scanMs, allMs }) => ({
        name: `${name}: a month of ${size.toLocaleString("en")} fires, per scan`,
        value: allMs / scanMs,
        unit: "×",
        aim: AIM_SCANS,
        note: `scan ${scanMs.toFixed(0)} ms, read and measured ${allMs.toFixed(0)} ms`,
      })),
      {
        name: `${name}: time per fire, a month of 100,000 over one of 10,000`,
        value: growth,
        unit: "×",
        aim: AIM_GROWTH,
      },
    ];
  } finally {
    await client.end();
    await store.close();
  }
}

/** 300 rules whose volumes fall like 1, 1/2, 1/3 …, eight instances each, over the services of the demo's estate. */
async function fill(client: pg.Client, size: number): Promise<void> {
  await client.query("TRUNCATE fires");
  for (let from = 0; from < size; from += BATCH) {
    await client.query(
      `INSERT INTO fires (id, fingerprint, episode_id, rule, name, service, environment, team, severity, monitoring_fault,
         starts_at, ends_at, end_reason, first_seen_at, last_seen_at, sources, receivers, route, labels, annotations, deliveries)
       SELECT 'fire-' || n, 'fp-' || rule || '-' || n % 8, 'fire-' || n, 'Rule' || rule, 'Rule' || rule,
         ($3::text[])[1 + rule % cardinality($3)], 'production', 'team-' || rule % 7,
         (ARRAY['page', 'warning'])[1 + rule % 2], false, start, start + length, 'resolved', start, start,
         ARRAY['alertmanager/pages'], ARRAY['on-call-page'], (ARRAY['page', 'ticket'])[1 + rule % 2], '{}', '{}', '{}'
       FROM (SELECT n, floor(power(301, ((n::bigint * 7919) % 10007) / 10007.0))::int AS rule,
           to_timestamp($4::float8 / 1000 + ((n::bigint * 104729) % 2591999) + (n % 1000) / 1000.0) AS start,
           make_interval(secs => 60 + (n::bigint * 31337) % 3000) AS length
         FROM generate_series($1::int, $2::int) AS n) AS planned`,
      [from, Math.min(from + BATCH, size) - 1, MONTH_SERVICES.map(({ name }) => name), FROM],
    );
  }
  await client.query("ANALYZE fires");
}

const COLUMNS = `SELECT id, fingerprint, episode_id, rule, name, service, team, severity, receivers[1] AS receiver, route,
  monitoring_fault, silenced OR inhibited AS suppressed, reconstructed,
  (extract(epoch FROM starts_at) * 1000)::float8 AS starts_at, (extract(epoch FROM ends_at) * 1000)::float8 AS ends_at,
  end_reason, duplicates FROM fires`;

/** Twice each, and the faster one counts: the first warms the database's cache for both. */
async function scanAndMeasure(client: pg.Client, size: number) {
  const scanMs = await fastest(async () => {
    const { rows } = await client.query<string[]>({ text: COLUMNS, rowMode: "array" });
    if (rows.length !== size) throw new Error(`${String(rows.length)} fires were read, not ${String(size)}`);
  });
  const allMs = await fastest(async () => {
    const { rows } = await client.query<FireRow>({ text: COLUMNS, rowMode: "array" });
    const { report } = measureMonth(monthOf(rows.map(toFire)), NoiseSettings.parse({}));
    if (report.totals.fires !== size) throw new Error("fires went missing: the measurement means nothing");
  });
  return { scanMs, allMs };
}

type FireRow = [
  ...texts: [string, string, string, string, string, string, string, string, string, NoiseFire["route"]],
  monitoringFault: boolean,
  suppressed: boolean,
  reconstructed: boolean,
  startsAt: number,
  endsAt: number | null,
  endReason: NoiseFire["endReason"],
  duplicates: number,
];

function toFire(row: FireRow): NoiseFire {
  const [id, fingerprint, episodeId, rule, name, service, team, severity, receiver, route, ...rest] = row;
  const [monitoringFault, suppressed, reconstructed, startsAt, endsAt, endReason, duplicates] = rest;
  const place = { id, fingerprint, episodeId, rule, name, service, team, severity, receiver, route };
  return { ...place, monitoringFault, suppressed, reconstructed, startsAt, endsAt, endReason, duplicates };
}

function monthOf(fires: readonly NoiseFire[]): NoiseInput {
  return {
    month: "2026-09",
    from: new Date(FROM),
    to: new Date(TO),
    watermark: new Date(TO),
    fires,
    pages: noisePages(fires),
    responders: NOISE_PEOPLE,
    shifts: [],
    verdicts: [],
    impacts: [],
    acts: [],
    rules: [],
    ruleChanges: [],
    dependencies: Object.fromEntries(MONTH_SERVICES.map(({ name, calls }) => [name, calls])),
    coverageGaps: [],
    sources: ["alertmanager/pages"],
    before: null,
  };
}

async function fastest(work: () => Promise<void>): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < 2; round++) {
    const startedAt = performance.now();
    await work();
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
}
