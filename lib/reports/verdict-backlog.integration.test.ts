/** What people are asked to judge, on every database: the random sample first, and what comes of it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { somebody } from "@/lib/access/testing/somebody";
import { drainDeliveries } from "@/lib/alerts/delivery-worker";
import { takeOnCallFeed } from "@/lib/alerts/on-call";
import { OnCallFeed } from "@/lib/contract/on-call";
import { judgeEpisodes } from "@/lib/alerts/judge-episodes";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { openTables } from "@/lib/store/testing/open-tables";
import { useStore } from "@/lib/store/testing/use-store";
import { openSealed } from "@/lib/stream/open-sealed";
import { figureRows } from "./figure-rows";
import { readReview } from "./read-review";
import { verdictBacklog } from "./verdict-backlog";

/** In the month before the present one, so that nothing is too young. */
const MONTH = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 1, 1));
const NIGHTS = Array.from({ length: 25 }, (_, day) => new Date(MONTH.getTime() + (day * 24 + 27) * 3_600_000));
const [mia, ella] = (["manager", "engineer"] as const).map((role) => somebody(role, new Date()));

function webhook(startsAt: Date): Buffer {
  const alert = {
    ...{ status: "resolved", labels: { alertname: "Blip", service: "shop", severity: "page" }, annotations: {} },
    ...{ startsAt: startsAt.toISOString(), endsAt: new Date(startsAt.getTime() + 120_000).toISOString() },
  };
  return Buffer.from(JSON.stringify({ version: "4", receiver: "pager", alerts: [alert] }));
}

describe.each(testDatabases())("the verdict backlog on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let store: Store;
  beforeAll(async () => {
    fresh = await database.create();
    store = await openStore(fresh.settings);
    useStore(store);
    for (const receivedAt of NIGHTS) {
      const body = webhook(receivedAt);
      await store.deliveries.record({ kind: "alertmanager", source: "alertmanager/main", body, receivedAt });
    }
    await drainDeliveries(store);
  });
  afterAll(async () => {
    useStore(undefined);
    await store?.close();
    await fresh?.remove();
  });

  const backlog = async (principal = ella!) => openSealed(await verdictBacklog(principal)).items;
  const judge = async (id: string, via: "alerts" | "backlog") =>
    judgeEpisodes(ella!, { episodes: [id], verdict: "noise", reason: "", note: "", via });

  it("asks for twenty drawn at random first, the same and in the same order of everybody", async () => {
    const items = await backlog();
    expect(items.map(({ sampled }) => sampled)).toEqual(Array.from({ length: 25 }, (_, place) => place < 20));
    const drawn = items.slice(0, 20).map(({ episode }) => episode.startsAt);
    expect(drawn).not.toEqual([...drawn].sort());
    expect(drawn).not.toEqual([...drawn].sort().reverse());
    expect((await backlog(mia)).map(({ episode }) => episode.id)).toEqual(items.map(({ episode }) => episode.id));
  });

  it("asks for nothing twice, draws nothing in its place, and tells the review who was asked", async () => {
    const before = await backlog();
    await judge(before[0]!.episode.id, "backlog");
    await judge(before[1]!.episode.id, "alerts");
    await judge(before[24]!.episode.id, "backlog");
    const after = await backlog();
    expect(after.map(({ episode }) => episode.id)).toEqual(before.slice(2, 24).map(({ episode }) => episode.id));
    expect(after.filter(({ sampled }) => sampled)).toHaveLength(18);
    const { report } = openSealed(await readReview(mia!, MONTH.toISOString().slice(0, 7)));
    expect(report.quality.sample).toEqual({ judged: 2, of: 20 });
    expect(report.rules[0]?.basis).toMatchObject({ asked: 1, volunteered: 2, of: 25 });
  });

  it("estimates pages where no pager told of one: of whoever had a shift, with rows, in no total", async () => {
    const month = MONTH.toISOString().slice(0, 7);
    const read = async () => openSealed(await readReview(mia!, month)).report;
    const receiver = { receiver: "pager", notifications: 25 };
    expect((await read()).estimated).toEqual({ receivers: [{ ...receiver, pages: 0 }], scheduleKnown: false });
    const tables = await openTables(fresh.settings);
    await tables.fire.updateMany({ data: { team: "Storefront" } });
    await tables.$disconnect();
    const shift = { id: "s1", person: "kim@example.com", from: NIGHTS[0]!.toISOString(), to: NIGHTS[9]!.toISOString() };
    const people = [{ person: "kim@example.com", name: "Kim", team: "storefront" }];
    await takeOnCallFeed("on-call/main", OnCallFeed.parse({ shifts: [shift], people }), store);
    const report = await read();
    expect(report.estimated).toEqual({ receivers: [{ ...receiver, pages: 9 }], scheduleKnown: true });
    expect(report.totals).toMatchObject({ pages: 0, wakeUps: 0 });
    for (const [figure, count] of [
      ["estimated-pages", 9],
      ["estimated-notifications", 25],
    ] as const) {
      const asked = { figure, group: "receiver:pager", limit: 500 };
      const { total, rows } = openSealed(await figureRows(ella!, month, asked));
      expect([total, rows.length]).toEqual([count, count]);
      expect(rows.some(({ detail }) => detail.includes("Kim"))).toBe(false);
    }
  });
});
