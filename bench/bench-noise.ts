/**
 * A month's review as the product reads and measures it, as a multiple of one plain scan of the month's fires by the same
 * driver, on both databases.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { NoiseSettings } from "@/lib/domain/noise-settings";
import { measureInSteps } from "@/lib/noise/measure-month";
import { collectMonth } from "@/lib/reports/collect-month";
import { takeTurns } from "@/lib/reports/take-turns";
import { collectGarbage } from "./collect-garbage";
import { onEachDatabase, type BenchDatabase } from "./bench-databases";
import { resultLine, type Result } from "./measure";
import { installEstate } from "./install-estate";
import { MONTH, MONTH_READ_AT, plantMonth, plantPeople } from "./noise-month";

const SIZES = [10_000, 100_000, 1_000_000] as const;
const AIM_SCANS = 5;
/** Looking whether a month changed must be much less than reading it. */
const AIM_MARK = 0.5;
/** Other requests of the process wait no longer. */
const AIM_PAUSE_MS = 500;
/** Each fire of a larger month may take this many times as long as one of the next smaller. */
const AIM_GROWTH = 1.5;
const MIB = 1024 * 1024;

export function benchNoise(): Promise<Result[]> {
  installEstate();
  return onEachDatabase(async (database) => {
    await plantPeople(database.client);
    const months: Measured[] = [];
    for (const size of SIZES) {
      await plantMonth(database.client, size);
      const month = { size, ...(await scanAndMeasure(database, size)) };
      months.push(month);
      // A large month takes minutes: what is known is told, should the rest be cut short.
      process.stderr.write(`${resultsOf(database.name, month).map(resultLine).join("\n")}\n`);
    }
    return [...months.flatMap((month) => resultsOf(database.name, month)), ...growthOf(database.name, months)];
  });
}

interface Measured {
  readonly size: number;
  readonly scanMs: number;
  readonly readMs: number;
  readonly measureMs: number;
  readonly markMs: number;
  readonly pauseMs: number;
  readonly heldMib: number;
}

function resultsOf(name: string, { size, scanMs, readMs, measureMs, markMs, pauseMs, heldMib }: Measured): Result[] {
  const month = `${name}: ${size.toLocaleString("en")} fires`;
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  return [
    {
      ...{ name: `${month}, review per scan`, value: (readMs + measureMs) / scanMs, unit: "×", aim: AIM_SCANS },
      note: `scan ${seconds(scanMs)}, read ${seconds(readMs)}, measured ${seconds(measureMs)}, held ${heldMib.toFixed(0)} MiB`,
    },
    {
      ...{ name: `${month}, "did it change?" per scan`, value: markMs / scanMs, unit: "×", aim: AIM_MARK },
      note: seconds(markMs),
    },
    { name: `${month}, longest wait of other requests`, value: pauseMs, unit: " ms", aim: AIM_PAUSE_MS },
  ];
}

function growthOf(name: string, months: readonly Measured[]): Result[] {
  const each = ({ size, readMs, measureMs }: Measured): number => (readMs + measureMs) / size;
  return months.slice(1).flatMap((month, index) => {
    const smaller = months[index];
    if (!smaller) return [];
    const [large, small] = [month.size.toLocaleString("en"), smaller.size.toLocaleString("en")];
    const value = each(month) / each(smaller);
    return [{ name: `${name}: time per fire, ${large} over ${small}`, value, unit: "×", aim: AIM_GROWTH }];
  });
}

/** What the product reads of a fire. */
const SCAN = `SELECT id, fingerprint, episode_id, rule, name, service, team, severity, receivers[1], route, monitoring_fault,
  silenced OR inhibited, reconstructed, (extract(epoch FROM starts_at) * 1000)::float8,
  (extract(epoch FROM ends_at) * 1000)::float8, end_reason, duplicates FROM fires`;

/** By turns, the fastest of each: the first round warms the database's cache for all. */
async function scanAndMeasure({ store, client }: BenchDatabase, size: number): Promise<Omit<Measured, "size">> {
  const best = {
    scanMs: Infinity,
    readMs: Infinity,
    measureMs: Infinity,
    markMs: Infinity,
    pauseMs: Infinity,
    heldMib: 0,
  };
  for (let round = 0; round < (size > 100_000 ? 2 : 3); round++) {
    collectGarbage();
    const started = performance.now();
    const rows = await scan(client);
    const scanned = performance.now();
    if (rows !== size) throw new Error(`${String(rows)} fires were read, not ${String(size)}`);
    best.scanMs = Math.min(best.scanMs, scanned - started);
    collectGarbage();
    const heldBefore = bytesHeld();
    const pauses = monitorEventLoopDelay({ resolution: 5 });
    pauses.enable();
    const asked = performance.now();
    const { input } = await collectMonth(MONTH, MONTH_READ_AT, store);
    const read = performance.now();
    const { report, rowsOf } = await takeTurns(measureInSteps(input, NoiseSettings.parse({})));
    const measured = performance.now();
    pauses.disable();
    best.pauseMs = Math.min(best.pauseMs, pauses.max / 1_000_000);
    if (report.totals.fires !== size) throw new Error("fires went missing: the measurement means nothing");
    if (report.totals.pages === 0) throw new Error("nobody was paged: the measurement means nothing");
    best.readMs = Math.min(best.readMs, read - asked);
    best.measureMs = Math.min(best.measureMs, measured - read);
    collectGarbage();
    // The first round alone: later ones begin with what the one before still holds.
    best.heldMib ||= (bytesHeld() - heldBefore) / MIB;
    // Asked last, so that all that a kept month holds was held.
    if (rowsOf("pages").length !== report.totals.pages)
      throw new Error("rows went missing: the measurement means nothing");
    const before = performance.now();
    await store.noise.mark(input.from, input.to);
    best.markMs = Math.min(best.markMs, performance.now() - before);
    await wait(0);
  }
  return best;
}

function bytesHeld(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Every row is decoded and dropped: nothing but the scan is paid for. */
function scan(client: pg.Client): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0;
    const wanted: pg.QueryArrayConfig = { text: SCAN, rowMode: "array" };
    const query = client.query(new pg.Query(wanted));
    query.on("row", () => (rows += 1));
    query.on("end", () => {
      resolve(rows);
    });
    query.on("error", reject);
  });
}
