/** Verdicts are kept for ever and the last of each person counts; what waits for one is what paged and nobody judged. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AlertVerdict } from "@/lib/domain/on-call";
import type { PrismaClient } from "@/prisma/generated/client";
import { openStore, type Store } from "./open-store";
import { addEpisode } from "./testing/add-episode";
import { testDatabases } from "./testing/databases";
import { openTables } from "./testing/open-tables";

const NOON = Date.parse("2026-11-23T12:00:00.000Z");
const minute = (minutes: number) => new Date(NOON + minutes * 60_000);
const [ada, kim] = [randomUUID(), randomUUID()];

describe.each(testDatabases())("verdicts on the $name database", (database) => {
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
  beforeEach(async () => {
    await tables.verdict.deleteMany();
    await tables.page.deleteMany();
    await tables.episode.deleteMany();
    await tables.fire.deleteMany();
  });
  const judge = (episodeId: string, by: string, verdict: AlertVerdict["verdict"], at: number, rule = "Blip") =>
    store.verdicts.add([
      {
        ...{ episodeId, rule, verdict, reason: "", note: "", by, byName: "Somebody", via: "alerts" },
        createdAt: minute(at),
      },
    ]);
  const inForce = async (id: string) =>
    ((await store.verdicts.inForce([id])).get(id) ?? []).map(({ by, verdict }) => [by, verdict]);
  const waiting = async (userId: string) =>
    (await store.verdicts.unjudged({ from: minute(-100), to: minute(100), userId, limit: 10 })).map(
      ({ episode }) => episode.id,
    );

  it("count once for each person, the last one, until it is taken back; all are kept", async () => {
    const id = await addEpisode(tables, { startsAt: minute(0) });
    await judge(id, ada, "noise", 1);
    await judge(id, kim, "expected", 2);
    await judge(id, ada, "actionable", 3);
    expect(await inForce(id)).toEqual([
      [ada, "actionable"],
      [kim, "expected"],
    ]);
    await judge(id, ada, null, 4);
    expect(await inForce(id)).toEqual([[kim, "expected"]]);
    expect((await store.verdicts.history([id])).map(({ verdict }) => verdict)).toEqual([
      ...[null, "actionable", "expected", "noise"],
    ]);
  });

  it("are all stored or none", async () => {
    const id = await addEpisode(tables, { startsAt: minute(0) });
    const good = {
      episodeId: id,
      rule: "Blip",
      verdict: "noise",
      reason: "",
      note: "",
      by: ada,
      byName: "Ada",
    } as const;
    const pair = [good, { ...good, by: "nobody's id" }].map(
      (one) => ({ ...one, via: "bulk", createdAt: minute(1) }) as const,
    );
    await expect(store.verdicts.add(pair)).rejects.toThrow();
    expect(await store.verdicts.history([id])).toEqual([]);
  });

  it("remember that a rule was ever worth it, also when that was taken back", async () => {
    const id = await addEpisode(tables, { startsAt: minute(0) });
    await judge(id, ada, "noise", 1);
    expect(await store.verdicts.everActionable("Blip")).toBe(false);
    await judge(id, ada, "actionable", 2);
    await judge(id, ada, null, 3);
    expect(await store.verdicts.everActionable("Blip")).toBe(true);
    expect(await store.verdicts.everActionable("Other")).toBe(false);
  });

  it("are asked for what paged, most pages first, and for nothing else", async () => {
    const at = { startsAt: minute(0) };
    const quiet = await addEpisode(tables, at);
    const loud = await addEpisode(tables, { ...at, route: "ticket" });
    const pages = ["a", "b"].map((externalId) => ({
      ...{ externalId, handle: "kim", alertName: "Blip", service: "", fingerprint: null, pagedAt: minute(1), step: 1 },
      ...{ reason: "first" as const, channel: "call", delivered: true, estimated: false, ackedAt: null, ackedBy: null },
      ...{ resolvedAt: null, resolvedBy: null, engagedMinutes: null },
    }));
    await store.onCall.take("oncall/main", { people: [], shifts: [], pages });
    await tables.page.updateMany({ data: { episodeId: loud } });
    const failed = await addEpisode(tables, { ...at, route: "ticket" });
    await store.onCall.take("oncall/lost", {
      people: [],
      shifts: [],
      pages: pages.map((one) => ({ ...one, delivered: false })),
    });
    await tables.page.updateMany({ where: { delivered: false }, data: { episodeId: failed } });
    await addEpisode(tables, { ...at, silenced: true });
    await addEpisode(tables, { ...at, fault: true });
    await addEpisode(tables, { startsAt: minute(-101) });
    await addEpisode(tables, { startsAt: minute(100) });
    expect(await waiting(ada)).toEqual([loud, quiet]);
  });

  it("are asked for no more once somebody judged, and again when that was taken back, but not of them", async () => {
    const id = await addEpisode(tables, { startsAt: minute(0) });
    await judge(id, kim, "noise", 1);
    expect([await waiting(ada), await waiting(kim)]).toEqual([[], []]);
    await judge(id, kim, null, 2);
    expect([await waiting(ada), await waiting(kim)]).toEqual([[id], []]);
  });

  it("are found by when their alert began, oldest first", async () => {
    const [before, within] = [
      await addEpisode(tables, { startsAt: minute(-1) }),
      await addEpisode(tables, { startsAt: minute(0) }),
    ];
    await judge(within, kim, "noise", 9);
    await judge(within, ada, "noise", 8);
    await judge(before, ada, "noise", 5);
    const found = await store.verdicts.ofEpisodesBegunIn(minute(0), minute(10));
    expect(found.map(({ episodeId, by }) => [episodeId, by])).toEqual([
      [within, ada],
      [within, kim],
    ]);
  });

  it("tell of a rule how often it fired, how long, and what was said last", async () => {
    for (const at of [0, 10, 20]) await addEpisode(tables, { startsAt: minute(at), endsAt: minute(at + 1 + at / 10) });
    await addEpisode(tables, { startsAt: minute(30), endsAt: null });
    await addEpisode(tables, { startsAt: minute(-50) });
    for (const at of [1, 2, 3]) await judge(randomUUID(), ada, at === 3 ? "expected" : "noise", at);
    await judge(randomUUID(), kim, null, 4);
    const facts = await store.verdicts.factsOfRules(["Blip", "Never"], minute(-1), 2);
    expect([...facts]).toEqual([
      [
        "Blip",
        {
          ...{ episodes: 4, medianSeconds: 120 },
          earlier: [
            { verdict: "expected", at: minute(3) },
            { verdict: "noise", at: minute(2) },
          ],
        },
      ],
    ]);
  });

  it("answer episodes in the order asked, with the labels of their first fire, and nothing for what is not there", async () => {
    const one = await addEpisode(tables, { labels: { team: "billing" } });
    const two = await addEpisode(tables);
    const found = await store.verdicts.episodes([two, "0".repeat(32), one]);
    expect(found.map(({ episode }) => episode.id)).toEqual([two, one]);
    expect(found[1]?.labels).toEqual({ team: "billing" });
  });
});
