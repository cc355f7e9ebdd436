/** What feeds tell of people, shifts and pages, and which alert a page was about. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PrismaClient } from "@/prisma/generated/client";
import type { Feed, FedPage, FedShift } from "./feed";
import { openStore, type Store } from "./open-store";
import { addEpisode } from "./testing/add-episode";
import { testDatabases } from "./testing/databases";
import { openTables } from "./testing/open-tables";

const NOON = Date.parse("2026-11-23T12:00:00.000Z");
const minute = (minutes: number) => new Date(NOON + minutes * 60_000);
const SOURCE = "oncall/main";

const aPage = (externalId: string, part: Partial<FedPage> = {}): FedPage => ({
  ...{ externalId, handle: "kim@example.com", alertName: "Blip", service: "", fingerprint: null, pagedAt: minute(0) },
  ...{ step: 1, reason: "first", channel: "call", delivered: true, estimated: false, ackedAt: null, ackedBy: null },
  ...{ resolvedAt: null, resolvedBy: null, engagedMinutes: null, ...part },
});
const aShift = (externalId: string, from: number, to: number): FedShift => ({
  ...{ externalId, handle: "kim@example.com", schedule: "primary", startsAt: minute(from), endsAt: minute(to) },
});
const aFeed = (part: Partial<Feed>): Feed => ({ people: [], pages: [], shifts: [], ...part });

describe.each(testDatabases())("the on-call feed on the $name database", (database) => {
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
    for (const table of ["page", "onCallShift", "responderZone", "responder", "episode", "fire"] as const) {
      await (tables[table] as { deleteMany(): Promise<unknown> }).deleteMany();
    }
  });
  const take = (part: Partial<Feed>) => store.onCall.take(SOURCE, aFeed(part));
  const allPages = () => store.onCall.pages(minute(-100_000), minute(100_000));
  const episodeOf = async (page: Partial<FedPage>): Promise<string | null | undefined> => {
    await take({ pages: [aPage("p", page)] });
    await store.onCall.match(minute(-100_000));
    return (await allPages())[0]?.episodeId;
  };

  it("changes nothing when it is told again, and updates what is told anew", async () => {
    const feed = {
      people: [{ handle: "kim@example.com", name: "Kim" }],
      pages: [aPage("p1")],
      shifts: [aShift("s1", 0, 9)],
    };
    await take(feed);
    const before = [await store.onCall.responders(), await allPages(), await store.onCall.shifts(minute(0), minute(9))];
    await take(feed);
    expect([
      await store.onCall.responders(),
      await allPages(),
      await store.onCall.shifts(minute(0), minute(9)),
    ]).toEqual(before);
    await take({ pages: [aPage("p1", { ackedAt: minute(3), ackedBy: "max@example.com" })] });
    const [page, ...more] = await allPages();
    const names = new Map((await store.onCall.responders()).map(({ id, handle }) => [id, handle]));
    expect(more).toEqual([]);
    expect([page?.ackedAt, names.get(page?.ackedBy ?? "")]).toEqual([minute(3), "max@example.com"]);
  });

  it("keeps the pages of two sources apart, also with the same id", async () => {
    await take({ pages: [aPage("p1")] });
    await store.onCall.take("oncall/other", aFeed({ pages: [aPage("p1")] }));
    expect(await allPages()).toHaveLength(2);
  });

  it("is all or nothing", async () => {
    const wrong = aPage("p2", { pagedAt: new Date(Number.NaN) });
    await expect(take({ pages: [aPage("p1"), wrong], shifts: [aShift("s1", 0, 9)] })).rejects.toThrow();
    expect([await allPages(), await store.onCall.responders()]).toEqual([[], []]);
  });

  it("knows people by handle, joins them with accounts, and forgets no name for a feed that tells none", async () => {
    const email = "ada@example.com";
    const user = await store.users.create({
      email,
      name: "Ada",
      role: "engineer",
      roles: ["engineer"],
      passwordHash: null,
    });
    await take({
      people: [
        { handle: email, team: "Storefront" },
        { handle: "kim", name: "Kim" },
      ],
    });
    await take({ people: [{ handle: "kim", team: "Payments" }], shifts: [{ ...aShift("s1", 0, 9), handle: "kim" }] });
    expect(await store.onCall.responders()).toMatchObject([
      { handle: email, name: "Ada", team: "Storefront", userId: user?.id },
      { handle: "kim", name: "Kim", team: "Payments", userId: null },
    ]);
  });

  it("keeps every clock of a person with its day, oldest first", async () => {
    const zone = (name: string, from: number) => ({
      people: [{ handle: "kim", zone: { zone: name, from: minute(from) } }],
    });
    await take(zone("America/Lima", 60));
    await take(zone("Europe/Paris", 0));
    await take(zone("Europe/Berlin", 0));
    expect((await store.onCall.responders())[0]?.zones).toEqual([
      { zone: "Europe/Berlin", validFrom: minute(0) },
      { zone: "America/Lima", validFrom: minute(60) },
    ]);
  });

  it("answers shifts that touch a time and pages that lie in it", async () => {
    await take({ shifts: [aShift("s1", 0, 10), aShift("s2", 10, 20), aShift("s3", 20, 30)] });
    const starts = (await store.onCall.shifts(minute(10), minute(20))).map(({ startsAt }) => startsAt);
    expect(starts).toEqual([minute(10)]);
    await take({ pages: [-1, 0, 9, 10].map((at) => aPage(`p${String(at)}`, { pagedAt: minute(at) })) });
    const paged = (await store.onCall.pages(minute(0), minute(10))).map(({ pagedAt }) => pagedAt);
    expect(paged).toEqual([minute(0), minute(9)]);
  });

  describe("finds the alert of a page", () => {
    it.each([
      ["while it is open", 5, true],
      ["as it begins", 0, true],
      ["a minute before we heard of it", -1, true],
      ["earlier than that", -1.1, false],
      ["ten minutes after its end", 20, true],
      ["later than that", 20.1, false],
    ])("%s", async (_when, at, isFound) => {
      const id = await addEpisode(tables, { startsAt: minute(0), endsAt: minute(10) });
      expect(await episodeOf({ pagedAt: minute(at) })).toBe(isFound ? id : null);
    });

    it("that is still open, however long, up to thirty days", async () => {
      const id = await addEpisode(tables, { startsAt: minute(0), endsAt: null });
      expect(await episodeOf({ pagedAt: minute(29 * 24 * 60) })).toBe(id);
      await take({ pages: [aPage("late", { pagedAt: minute(31 * 24 * 60) })] });
      await store.onCall.match(minute(-100_000));
      expect((await allPages()).map(({ episodeId }) => episodeId)).toContain(null);
    });

    it("by name and service, by name alone, or by fingerprint whatever it is called", async () => {
      const wanted = { startsAt: minute(0), endsAt: minute(10), fingerprint: "00000000000000aa" };
      const id = await addEpisode(tables, wanted);
      expect(await episodeOf({})).toBe(id);
      expect(await episodeOf({ service: "shop" })).toBe(id);
      await tables.page.deleteMany();
      expect(await episodeOf({ service: "billing" })).toBeNull();
      await tables.page.deleteMany();
      expect(await episodeOf({ alertName: "Other", fingerprint: "00000000000000aa" })).toBe(id);
      await tables.page.deleteMany();
      expect(await episodeOf({ fingerprint: "00000000000000bb" })).toBeNull();
    });

    it("that began last, of several that it may be", async () => {
      await addEpisode(tables, { startsAt: minute(-8), endsAt: minute(-4) });
      const id = await addEpisode(tables, { startsAt: minute(-2), endsAt: null });
      expect(await episodeOf({})).toBe(id);
    });

    it("when the alert becomes known later, and anew when its history moves", async () => {
      expect(await episodeOf({})).toBeNull();
      const first = await addEpisode(tables, { startsAt: minute(-3), endsAt: minute(9) });
      expect(await store.onCall.match(minute(-10))).toBe(1);
      expect(await store.onCall.match(minute(-10))).toBe(0);
      expect([...(await store.onCall.pagesOf([first])).values()].flat()).toHaveLength(1);
      const moved = await addEpisode(tables, { startsAt: minute(-1), endsAt: minute(9) });
      // Long ago: those that found theirs are left alone.
      expect(await store.onCall.match(minute(1))).toBe(0);
      expect(await store.onCall.match(minute(-10))).toBe(1);
      expect((await allPages())[0]?.episodeId).toBe(moved);
    });
  });
});
