/** From the bytes of a call to the history, on every database. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { openTables } from "@/lib/store/testing/open-tables";
import type { PrismaClient } from "@/prisma/generated/client";
import { readAlertmanager } from "./alertmanager/to-sightings";
import { drainDeliveries } from "./delivery-worker";
import recorded from "./fixtures/alertmanager-deliveries.json";
import { PROCESSORS } from "./processors";
import { aSighting, minute } from "./testing/a-sighting";

const SOURCE = { kind: "alertmanager", source: "alertmanager/main" } as const;

function aBody(alerts: readonly { name?: string; status: string; start: number; end?: number }[], mark = ""): Buffer {
  const told = alerts.map(({ name = "A", status, start, end }) => ({
    ...{ status, labels: { alertname: name, service: "order-api", severity: "page" }, annotations: { mark } },
    ...{ startsAt: minute(start).toISOString(), endsAt: end === undefined ? "0001-01-01T00:00:00Z" : minute(end) },
  }));
  return Buffer.from(JSON.stringify({ version: "4", receiver: "pager", alerts: told }));
}

describe.each(testDatabases())("alerts on the $name database", (database) => {
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
  beforeEach(forgetAll);

  async function forgetAll(): Promise<void> {
    await tables.delivery.deleteMany();
    await tables.sighting.deleteMany();
    await tables.fire.deleteMany();
    await tables.episode.deleteMany();
    await tables.verdict.deleteMany();
  }
  const allEpisodes = () => tables.episode.findMany({ orderBy: [{ startsAt: "asc" }, { id: "asc" }] });

  /** `at`: when it arrives, in minutes. */
  async function arrive(body: Buffer, at: number): Promise<void> {
    await store.deliveries.record({ ...SOURCE, body, receivedAt: minute(at) });
  }
  const drain = () => drainDeliveries(store);
  const history = async () => {
    const episodes = await allEpisodes();
    return episodes.map(({ name, startsAt, endsAt, endReason, fires }) => {
      const at = (date: Date | null) => date && (date.getTime() - minute(0).getTime()) / 60_000;
      return [name, at(startsAt), at(endsAt), endReason, fires];
    });
  };

  it("keeps bytes once, however often they come, and every arrival", async () => {
    const body = aBody([{ status: "firing", start: 0 }]);
    for (const at of [1, 2, 3]) await arrive(body, at);
    expect(await store.deliveries.waiting()).toBe(1);
    await drain();
    await arrive(body, 240);
    await drain();
    await arrive(aBody([{ status: "firing", start: 300 }]), 301);
    await drain();
    // The end was lost: it was last seen firing when the same bytes came the last time.
    expect(await history()).toEqual([
      ["A", 0, 240, "source_lost", 1],
      ["A", 300, null, "open", 1],
    ]);
  });

  it("makes the same history of the recorded calls in any order, one by one or together", async () => {
    const results: unknown[] = [];
    for (const together of [false, true]) {
      for (const order of [recorded.deliveries, [...recorded.deliveries].reverse()]) {
        await forgetAll();
        for (const { body, receivedAt } of order) {
          await store.deliveries.record({ ...SOURCE, body: Buffer.from(body), receivedAt: new Date(receivedAt) });
          if (!together) await drain();
        }
        await drain();
        results.push(await allEpisodes());
      }
    }
    expect(results[0]).toHaveLength(9);
    for (const other of results) expect(other).toEqual(results[0]);
  });

  it("finds the same flapping when fires come one by one, in any order, as when all come at once", async () => {
    // Often, then a little less, then after a pause: spans open, stay open below what opens them, and end.
    const gaps = [...Array<number>(8).fill(7), ...Array<number>(6).fill(25), 200, ...Array<number>(5).fill(9)];
    const starts = gaps.map((_, i) => gaps.slice(0, i).reduce((sum, gap) => sum + gap, 0));
    const bodies = starts.map((start) => aBody([{ status: "resolved", start, end: start + 2 }]));
    await Promise.all(bodies.map((body) => arrive(body, 0)));
    await drain();
    const atOnce = await allEpisodes();
    expect(atOnce.map(({ flapping }) => flapping)).toContain(1);
    expect(atOnce.map(({ flapping }) => flapping)).toContain(0);
    for (const order of [bodies, [...bodies].reverse()]) {
      await forgetAll();
      for (const body of order) {
        await arrive(body, 0);
        await drain();
      }
      expect(await allEpisodes()).toEqual(atOnce);
    }
  });

  it("asks the database no more often for many calls of many alerts than for one of one", async () => {
    const statements = vi.spyOn(pg.Client.prototype, "query");
    const askedFor = async (calls: number, alerts: number) => {
      for (let call = 0; call < calls; call++) {
        const told = Array.from({ length: alerts }, (_, i) => ({
          name: `N${String(i)}`,
          status: "firing",
          start: call,
        }));
        await arrive(aBody(told, `${String(calls)} calls`), call + 1);
      }
      statements.mockClear();
      await drain();
      return statements.mock.calls.length;
    };
    // The first call of all meets no history.
    await askedFor(1, 50);
    const one = await askedFor(1, 1);
    expect(one).toBeLessThan(25);
    expect(await askedFor(1, 50)).toBe(one);
    expect(await askedFor(10, 50)).toBe(one);
    expect(await tables.fire.count()).toBe(50);
    statements.mockRestore();
  });

  it("joins fires into an episode, also when one comes late between two others", async () => {
    await arrive(aBody([{ status: "resolved", start: 0, end: 3 }]), 4);
    await arrive(aBody([{ status: "resolved", start: 12, end: 14 }]), 15);
    await drain();
    expect(await history()).toHaveLength(2);
    await arrive(aBody([{ status: "resolved", start: 6, end: 9 }]), 20);
    await drain();
    expect(await history()).toEqual([["A", 0, 14, "resolved", 3]]);
  });

  it("keeps what was said about an episode when its start moves or it becomes part of another", async () => {
    await arrive(aBody([{ status: "firing", start: 33 }]), 34);
    await drain();
    const [before] = await allEpisodes();
    const words = {
      verdict: "noise",
      rule: "A",
      by: randomUUID(),
      byName: "Ada",
      via: "alerts",
      createdAt: minute(35),
    };
    await tables.verdict.create({ data: { ...words, episodeId: before?.id ?? "" } });
    await arrive(aBody([{ status: "firing", start: 0 }], "moved"), 36);
    await drain();
    const [after, ...others] = await allEpisodes();
    expect(others).toEqual([]);
    expect(after?.id).not.toBe(before?.id);
    expect((await tables.verdict.findMany()).map(({ episodeId }) => episodeId)).toEqual([after?.id]);
  });

  it("shows what it cannot read, and goes on with the rest", async () => {
    await arrive(Buffer.from("{"), 1);
    await arrive(aBody([{ status: "firing", start: 0 }]), 1);
    await drain();
    expect(await history()).toHaveLength(1);
    expect(await store.deliveries.refused(10)).toMatchObject([{ refusal: "The body is not JSON.", timesSeen: 1 }]);
    expect(await store.deliveries.waiting()).toBe(0);
  });

  it("leaves to others what no processor of this version reads", async () => {
    await store.deliveries.record({
      ...{ kind: "later", source: "later/main" },
      body: Buffer.from("x"),
      receivedAt: minute(0),
    });
    await drain();
    expect(await store.deliveries.waiting()).toBe(1);
  });

  it("keeps nothing of a delivery that failed half-way, and puts it off", async () => {
    await arrive(aBody([{ status: "firing", start: 0 }]), 0);
    const kinds = ["alertmanager"];
    const failing = await store.deliveries.processNext(kinds, minute(1), 1, async (_deliveries, work) => {
      await work.addSightings([aSighting({ status: "firing", start: 0 })]);
      throw new Error("half-way");
    });
    expect(failing).toMatchObject({ state: "failed" });
    const processed = { state: "done" };
    expect(await store.deliveries.processNext(kinds, minute(1), 1, async () => [null])).toEqual({ state: "idle" });
    expect(await store.deliveries.processNext(kinds, minute(2), 1, async () => [null])).toEqual(processed);
  });

  it("keeps the rest of what is processed together with a delivery that fails", async () => {
    await arrive(aBody([{ name: "A", status: "firing", start: 0 }]), 1);
    await store.deliveries.record({ ...SOURCE, source: "alertmanager/broken", body: aBody([]), receivedAt: minute(2) });
    await arrive(aBody([{ name: "B", status: "firing", start: 1 }]), 3);
    const broken = vi.spyOn(PROCESSORS, "get").mockReturnValue((delivery, rules) => {
      if (delivery.source === "alertmanager/broken") throw new Error("cannot be processed");
      return readAlertmanager(delivery, rules);
    });
    await drain();
    broken.mockRestore();
    expect(await history()).toEqual([
      ["A", 0, null, "open", 1],
      ["B", 1, null, "open", 1],
    ]);
    expect(await store.deliveries.waiting()).toBe(1);
  });

  it("gives each delivery to one of several workers", async () => {
    for (let i = 0; i < 30; i++) {
      await arrive(
        aBody([{ name: `N${String(i % 7)}`, status: "resolved", start: i * 10, end: i * 10 + 1 }]),
        i * 10 + 2,
      );
    }
    await Promise.all([drain(), drain(), drain()]);
    expect(await store.deliveries.waiting()).toBe(0);
    expect(await history()).toHaveLength(30);
  });

  it("does not read again what lies before the fire that a call touches", async () => {
    const fires = Array.from({ length: 40 }, (_, i) => {
      return { status: "resolved", start: i * 200 - 8_000, end: i * 200 - 7_990 };
    });
    await arrive(aBody(fires), 0);
    await drain();
    const before = await allEpisodes();
    // Whoever read them would not find them any more.
    await tables.sighting.deleteMany({ where: { startsAt: { lt: minute(-500) } } });
    await arrive(aBody([{ status: "firing", start: 1 }]), 2);
    await drain();
    const after = await allEpisodes();
    expect(after.slice(0, -1)).toEqual(before);
    expect(after).toHaveLength(41);
  });
});
