/** Minutes of history that a real Prometheus kept, taken over on every database: whole, once, and beside what was told. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SourceSettings } from "@/lib/domain/source-settings";
import { createSourceHttp } from "@/lib/platform/create-source-http";
import { createPrometheusSource } from "@/lib/sources/prometheus/adapter";
import { realProgramsAreMissing, until } from "@/lib/sources/testing/real-programs";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { openTables } from "@/lib/store/testing/open-tables";
import type { PrismaClient } from "@/prisma/generated/client";
import { drainDeliveries } from "../delivery-worker";
import { type RealMonitoring, startMonitoring, type TrueFire } from "../testing/real-monitoring";
import { type RememberingSource, runBackfills } from "./run-backfills";

Object.assign(process.env, { LOG_LEVEL: "silent" });
const DAY_MS = 24 * 3_600_000;

describe.skipIf(realProgramsAreMissing("backfill"))("what a real Prometheus remembers", () => {
  let monitoring: RealMonitoring;
  let source: RememberingSource;
  let truth: readonly TrueFire[];

  beforeAll(async () => {
    monitoring = await startMonitoring();
    const after = async (isIt: (fires: readonly TrueFire[]) => boolean) =>
      void (await until(() => monitoring.whatRulesDid(), isIt));
    const ended = (count: number) => (fires: readonly TrueFire[]) =>
      fires.filter(({ endsAt }) => endsAt !== null).length >= count;
    const began = (count: number) => (fires: readonly TrueFire[]) => fires.length >= count;
    monitoring.set("cart", "overload", 1);
    monitoring.set("search", "overload", 1);
    monitoring.set("order", "slowness", 1);
    await after(began(3));
    monitoring.set("cart", "overload", 0);
    monitoring.set("order", "slowness", 0);
    await after(ended(2));
    monitoring.set("cart", "overload", 1);
    await after(began(4));
    monitoring.set("cart", "overload", 0);
    monitoring.set("search", "overload", 0);
    monitoring.set("payment", "overload", 1);
    await after((fires) => ended(4)(fires) && began(5)(fires));
    truth = await monitoring.whatRulesDid();
    const baseUrl = monitoring.prometheusUrl;
    const http = createSourceHttp({ baseUrl, sourceId: "prometheus/main", allowPrivateAddress: true });
    const settings = SourceSettings.parse({ kind: "prometheus", url: baseUrl });
    source = createPrometheusSource(settings, { http, keyRules: [], now: Date.now });
  });
  afterAll(() => monitoring?.stop());

  describe.each(testDatabases())("on the $name database", (database) => {
    let fresh: Awaited<ReturnType<typeof database.create>>;
    let store: Store;
    let tables: PrismaClient;
    beforeAll(async () => {
      fresh = await database.create();
      store = await openStore(fresh.settings);
      tables = await openTables(fresh.settings);
    });
    afterAll(async () => {
      await tables?.$disconnect();
      await store?.close();
      await fresh?.remove();
    });

    const run = async (from: RememberingSource, signal = new AbortController().signal) => {
      const taken = await runBackfills([from], store, signal);
      await drainDeliveries(store);
      return taken;
    };
    const everything = async () => ({
      fires: await tables.fire.findMany({ orderBy: [{ name: "asc" }, { startsAt: "asc" }, { id: "asc" }] }),
      episodes: await tables.episode.findMany({ orderBy: { id: "asc" } }),
      deliveries: await tables.delivery.findMany({ orderBy: { id: "asc" } }),
    });

    it("is taken over whole and once, beside what somebody told, with its gaps", async () => {
      const told = truth.find(({ service }) => service === "search");
      const cluster = { alertname: "Overloaded", service: "search", severity: "page", job: "shop", cluster: "east" };
      const instances = await labelsOf(source, "search");
      const toldEnd = new Date((told?.endsAt?.getTime() ?? 0) + 7);
      const alert = {
        status: "resolved",
        labels: { ...instances, ...cluster },
        startsAt: told?.startsAt,
        endsAt: toldEnd,
      };
      const body = Buffer.from(JSON.stringify({ version: "4", receiver: "pager", alerts: [alert] }));
      await store.deliveries.record({
        kind: "alertmanager",
        source: "alertmanager/main",
        body,
        receivedAt: new Date(),
      });
      await drainDeliveries(store);

      const over = truth.filter(({ endsAt }) => endsAt !== null);
      expect(await run(source)).toBe(over.length - 1);
      const { fires } = await everything();
      expect(placesOf(fires)).toEqual(placesOf(over));
      for (const fire of fires) {
        const own = over.find(({ service, startsAt }) => same(fire, { service, startsAt }));
        // The server does not keep when it saw that it was over, and a busy one may miss an evaluation or two.
        const offMs = Math.abs((fire.endsAt?.getTime() ?? 0) - (own?.endsAt?.getTime() ?? 0));
        expect([fire.endReason, fire.reconstructed]).toEqual(["resolved", fire.service !== "search"]);
        expect(offMs).toBeLessThanOrEqual(5_000);
      }
      expect(fires.find(({ service }) => service === "search")?.endsAt).toEqual(toldEnd);

      // Asked for a month, kept for minutes.
      const { gaps, total } = await store.alerts.gaps(new Date(Date.now() - 40 * DAY_MS), new Date(), 10);
      expect([total, gaps]).toMatchObject([1, [{ source: "prometheus/main", why: "not-kept" }]]);
      const spans = await tables.coverageSpan.findMany();
      expect(spans).toMatchObject([{ source: "prometheus/main", how: "rebuilt" }]);
      expect(gaps[0]?.to.getTime()).toBeLessThanOrEqual(spans[0]?.fromAt.getTime() ?? 0);

      const before = await everything();
      expect(await run(source)).toBe(0);
      expect(await store.backfills.again("prometheus/main")).toBe(true);
      expect(await run(source)).toBe(0);
      expect(await everything()).toEqual(before);
    });

    it("is begun anew when it was given up, and tried again when it was not answered", async () => {
      await store.backfills.again("prometheus/main");
      const given = new AbortController();
      const slow: RememberingSource = {
        id: "prometheus/slow",
        firingHistory: async () => {
          given.abort();
          return { fires: [], read: [], gaps: [] };
        },
      };
      await run(slow, given.signal);
      const [claimed] = await tables.backfill.findMany({ where: { source: "prometheus/slow" } });
      expect(claimed).toMatchObject({ finishedAt: null, attempts: 1 });

      const http = createSourceHttp({
        baseUrl: "http://127.0.0.1:9",
        sourceId: "prometheus/dead",
        allowPrivateAddress: true,
      });
      const settings = SourceSettings.parse({ kind: "prometheus", name: "dead", url: "http://127.0.0.1:9" });
      await run(createPrometheusSource(settings, { http, keyRules: [], now: Date.now }));
      const [dead] = await tables.backfill.findMany({ where: { source: "prometheus/dead" } });
      expect(dead).toMatchObject({ finishedAt: null, gaps: [{ why: "unreadable" }] });
      expect(dead?.claimedUntil.getTime()).toBeGreaterThan(Date.now());
    });
  });
});

/** As the exporter's target gives them. */
async function labelsOf(source: RememberingSource, service: string): Promise<Readonly<Record<string, string>>> {
  const range = { fromMs: Date.now() - 3_600_000, toMs: Date.now() };
  const history = await source.firingHistory?.(range, new AbortController().signal);
  return history?.fires.find(({ labels }) => labels["service"] === service)?.labels ?? {};
}

function placesOf(fires: readonly { service: string; startsAt: Date }[]): string[] {
  return fires.map(({ service, startsAt }) => `${startsAt.toISOString()} ${service}`).sort();
}

function same(a: { service: string; startsAt: Date }, b: { service: string; startsAt: Date }): boolean {
  return a.service === b.service && a.startsAt.getTime() === b.startsAt.getTime();
}
