/**
 * Rules that fire, group, repeat and resolve in a real Prometheus; a real Alertmanager that sends; a receiver that is away for
 * a while and whose answers get lost. In the end the history is what the rules did, to the millisecond.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/v1/webhooks/[kind]/[name]/route";
import { realProgramsAreMissing, until } from "@/lib/sources/testing/real-programs";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { openTables } from "@/lib/store/testing/open-tables";
import { useStore } from "@/lib/store/testing/use-store";
import type { PrismaClient } from "@/prisma/generated/client";
import { startDeliveryWorker, stopDeliveryWorker } from "./delivery-worker";
import { type RealMonitoring, startMonitoring } from "./testing/real-monitoring";
import { openWebhookDoor, type WebhookDoor } from "./testing/webhook-door";

Object.assign(process.env, { LOG_LEVEL: "silent" });
const SECRET = randomBytes(16).toString("hex");

describe.skipIf(realProgramsAreMissing("real-alertmanager")).each(testDatabases())(
  "a real Alertmanager and the $name database",
  (database) => {
    let fresh: Awaited<ReturnType<typeof database.create>>;
    let store: Store;
    let tables: PrismaClient;
    let door: WebhookDoor;
    let monitoring: RealMonitoring;
    let isDatabaseAway = false;

    beforeAll(async () => {
      fresh = await database.create();
      store = await openStore(fresh.settings);
      tables = await openTables(fresh.settings);
      const { deliveries } = store;
      const record: typeof deliveries.record = async (delivery) => {
        if (isDatabaseAway) throw new Error("the database does not answer");
        return deliveries.record(delivery);
      };
      useStore({ ...store, deliveries: { ...deliveries, record } });
      const hook = { kind: "alertmanager", name: "pages", auth: "bearer", username: "", route: "page" } as const;
      await store.alertHooks.create({ ...hook, secret: SECRET }, { userId: randomUUID(), name: "Ada" }, new Date());
      door = await openWebhookDoor(POST);
      startDeliveryWorker();
      monitoring = await startMonitoring({ url: `${door.origin}/api/v1/webhooks/alertmanager/pages`, secret: SECRET });
    });
    afterAll(async () => {
      await monitoring?.stop();
      door?.close();
      await stopDeliveryWorker();
      useStore(undefined);
      await tables?.$disconnect();
      await store?.close();
      await fresh?.remove();
    });

    const history = async () => {
      const fires = await tables.fire.findMany({ orderBy: [{ name: "asc" }, { service: "asc" }, { startsAt: "asc" }] });
      return fires.map(({ name, service, startsAt, endsAt, endReason }) => {
        return { name, service, startsAt, endsAt, endReason };
      });
    };
    const truth = async () =>
      (await monitoring.whatRulesDid()).map((fire) => ({ ...fire, endReason: fire.endsAt ? "resolved" : "open" }));

    /** Resolves when a call that holds all of it was acknowledged, and the sender heard so. */
    async function heard(...wanted: readonly string[]): Promise<void> {
      const isIt = (body: string) => wanted.every((one) => toldIn(body).includes(one));
      const calls = await until(
        () => door.calls.filter(({ body, status, heard: known }) => status === 202 && known && isIt(body)),
        (found) => found.length > 0,
      );
      expect(calls.length, wanted.join(", ")).toBeGreaterThan(0);
    }
    async function atLeast(count: number, isCounted: (call: WebhookDoor["calls"][number]) => boolean): Promise<void> {
      const calls = await until(
        () => door.calls.filter(isCounted),
        (found) => found.length >= count,
      );
      expect(calls.length).toBeGreaterThanOrEqual(count);
    }

    it("keeps what the rules did, whatever the road did to the calls", async () => {
      // Two alerts in one group, told again and again while nothing changes.
      monitoring.set("cart", "overload", 1);
      monitoring.set("search", "overload", 1);
      await heard("firing Overloaded cart", "firing Overloaded search");
      const repeats = async () => tables.delivery.findFirst({ where: { timesSeen: { gte: 2 } } });
      expect(await until(repeats, (row) => row !== null)).not.toBeNull();

      // The database is away: Alertmanager is told so, and tries again, while alerts come and go.
      isDatabaseAway = true;
      monitoring.set("cart", "overload", 0);
      monitoring.set("payment", "overload", 1);
      monitoring.set("order", "slowness", 1);
      await atLeast(4, ({ status }) => status === 503);
      await until(truth, (fires) => fires.some(({ service, endsAt }) => service === "cart" && endsAt !== null));
      isDatabaseAway = false;
      await heard("resolved Overloaded cart");
      await heard("firing Overloaded payment");
      await heard("firing Slow order");

      // What is stored is stored, also when the sender never hears of it and sends it again.
      door.isMute = true;
      monitoring.set("search", "overload", 0);
      await atLeast(2, ({ body, heard: known }) => !known && toldIn(body).includes("resolved Overloaded search"));
      door.isMute = false;
      await heard("resolved Overloaded search");

      // One comes back, another ends, the third goes on.
      const before = door.calls.length;
      monitoring.set("cart", "overload", 1);
      await until(
        () => door.calls.slice(before).flatMap(({ body }) => toldIn(body)),
        (told) => told.includes("firing Overloaded cart"),
      );
      monitoring.set("cart", "overload", 0);
      monitoring.set("order", "slowness", 0);
      await heard("resolved Slow order");
      const isOver = (fires: readonly { endsAt: Date | null }[]) =>
        fires.length === 5 && fires.filter(({ endsAt }) => endsAt === null).length === 1;
      expect(isOver(await until(truth, isOver))).toBe(true);
      await until(history, isOver);

      expect(await history()).toEqual(await truth());
      expect(await store.deliveries.refused(10)).toEqual([]);
      expect(new Set(door.calls.map(({ status }) => status))).toEqual(new Set([202, 503]));
      expect(await tables.fire.findMany({ where: { NOT: { route: "page", reconstructed: false } } })).toEqual([]);
      // Bytes once, whoever repeated them; what comes back within minutes is one episode.
      const acknowledged = door.calls.filter(({ status }) => status === 202);
      expect(await tables.delivery.count()).toBe(new Set(acknowledged.map(({ body }) => body)).size);
      const { _sum: arrivals } = await tables.delivery.aggregate({ _sum: { timesSeen: true } });
      expect(arrivals.timesSeen).toBe(acknowledged.length);
      const cart = await tables.episode.findMany({ where: { service: "cart" } });
      expect(cart).toMatchObject([{ fires: 2, endReason: "resolved" }]);
    });
  },
);

/** `firing Overloaded cart` */
function toldIn(body: string): string[] {
  const { alerts } = JSON.parse(body) as { alerts: { status: string; labels: Record<string, string> }[] };
  return alerts.map(({ status, labels }) => `${status} ${labels["alertname"] ?? ""} ${labels["service"] ?? ""}`);
}
