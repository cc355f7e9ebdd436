/** A file of an on-call tool on every database: what is new, what is known, and that nothing counts twice. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { somebody } from "@/lib/access/testing/somebody";
import { OnCallFeed } from "@/lib/contract/on-call";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { openTables } from "@/lib/store/testing/open-tables";
import { useStore } from "@/lib/store/testing/use-store";
import type { PrismaClient } from "@/prisma/generated/client";
import { importOnCall, takeFile } from "./import-on-call";
import { createHook, changeHook, listHooks, rotateHook } from "./manage-hooks";
import { changeResponder, listResponders, putResponderZone, removeResponderZone } from "./manage-responders";
import { takeOnCallFeed } from "./on-call";
import { onCallOverview } from "./on-call-overview";

const NOW = new Date();
const admin = somebody("admin", NOW);
const engineer = somebody("engineer", NOW);
const at = new Date(NOW.getTime() - 3 * 3_600_000).toISOString();
const csv = (...ids: string[]) =>
  ["id,person,at,alert,channel", ...ids.map((id) => `${id},kim@example.com,${at},Slow,call`)].join("\n");
const pages = (text: string, hook?: string, checkOnly = false) =>
  importOnCall(admin, { what: "pages", hook, text, checkOnly });
const told = (...ids: string[]) =>
  OnCallFeed.parse({ pages: ids.map((id) => ({ id, person: "kim@example.com", at, alert: "Slow", channel: "call" })) });

describe.each(testDatabases())("files of an on-call tool on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let store: Store;
  let tables: PrismaClient;
  beforeAll(async () => {
    fresh = await database.create();
    store = await openStore(fresh.settings);
    tables = await openTables(fresh.settings);
    useStore(store);
  });
  afterAll(async () => {
    await tables?.$disconnect();
    await store?.close();
    await fresh?.remove();
  });
  beforeEach(async () => {
    await tables.page.deleteMany();
    await tables.onCallShift.deleteMany();
    await tables.alertHook.deleteMany();
    await tables.responder.deleteMany();
    await tables.responderZone.deleteMany();
    await createHook(admin, { kind: "oncall", name: "pager", auth: "bearer", username: "", route: "unknown" });
  });

  it("says what is new, known and refused, and writes nothing for a check", async () => {
    const text = `${csv("p-1", "p-2")}\np-3,kim@example.com,yesterday,Slow,call`;
    const wanted = { source: "oncall/pager", rows: 2, new: 2, known: 0, refused: 1 };
    expect(await pages(text, "pager", true)).toMatchObject({ ...wanted, checked: true });
    expect(await tables.page.count()).toBe(0);
    expect(await pages(text, "pager")).toMatchObject({ ...wanted, checked: false, refusedLines: [{ line: 4 }] });
    expect(await pages(text, "pager")).toMatchObject({ new: 0, known: 2 });
    expect(await tables.page.count()).toBe(2);
  });

  it("counts a page once that a hook and a file of this hook tell", async () => {
    await takeOnCallFeed("oncall/pager", told("p-1"), store);
    expect(await pages(csv("p-1", "p-2"), "pager")).toMatchObject({ new: 1, known: 1 });
    expect(await tables.page.count()).toBe(2);
  });

  it("counts a page once that a file without a hook had told before, whichever way the hook tells it", async () => {
    await pages(csv("p-1", "p-2", "p-3"));
    await takeOnCallFeed("oncall/pager", told("p-1"), store);
    expect(await pages(csv("p-1", "p-2"), "pager")).toMatchObject({ new: 0, known: 2 });
    const rows = await tables.page.findMany({ orderBy: { externalId: "asc" } });
    expect(rows.map(({ source, externalId }) => [source, externalId])).toEqual([
      ["oncall/pager", "p-1"],
      ["oncall/pager", "p-2"],
      ["on-call/file", "p-3"],
    ]);
  });

  it("leaves a page of another tool alone that has the same id", async () => {
    const other = new Date(NOW.getTime() - 3_600_000).toISOString();
    await pages(`id,person,at,alert,channel\np-1,sam@example.com,${other},Slow,sms`);
    await takeOnCallFeed("oncall/pager", told("p-1"), store);
    expect(await tables.page.count()).toBe(2);
  });

  it("takes as many rows as a feed may hold, before its transaction has to end", async () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => `b-${String(index)}`);
    await takeOnCallFeed("oncall/pager", told(...ids.slice(1), "b-1"), store);
    expect(await pages(csv(...ids), "pager")).toMatchObject({ rows: 5_000, new: 1, known: 4_999 });
    expect(await tables.page.count()).toBe(5_000);
  });

  it("keeps the clocks and names that feeds tell, and the last of two", async () => {
    const people = [
      { person: "kim@example.com", name: "Kim", team: "A", zone: "Europe/Berlin" },
      { person: "kim@example.com", team: "B", zone: "Europe/Paris" },
      { person: "kim@example.com", zone: "Asia/Tokyo", from: "2026-10-01T00:00:00Z" },
    ];
    for (let time = 0; time < 2; time += 1) {
      await takeOnCallFeed("oncall/pager", OnCallFeed.parse({ people: people.slice(0, 1) }), store);
      await takeOnCallFeed("oncall/pager", OnCallFeed.parse({ people: people.slice(1) }), store);
    }
    const [kim] = await store.onCall.responders();
    expect(kim).toMatchObject({ name: "Kim", zones: [{ zone: "Europe/Paris" }, { zone: "Asia/Tokyo" }] });
  });

  it("counts shifts once as well", async () => {
    const text = `id,person,from,to\ns-1,kim@example.com,${at},${NOW.toISOString()}`;
    await importOnCall(admin, { what: "shifts", hook: undefined, text, checkOnly: false });
    await importOnCall(admin, { what: "shifts", hook: "pager", text, checkOnly: false });
    expect((await tables.onCallShift.findMany()).map(({ source }) => source)).toEqual(["oncall/pager"]);
  });

  it("refuses a hook that is none, and people who do not administer", async () => {
    await expect(pages(csv("p-1"), "pagr")).rejects.toMatchObject({ code: "bad-request", field: "source" });
    const wish = { what: "pages", hook: undefined, text: csv("p-1"), checkOnly: true } as const;
    await expect(importOnCall(engineer, wish)).rejects.toMatchObject({ code: "forbidden" });
    await expect(onCallOverview(engineer)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("does the same for the command line, on record", async () => {
    const actor = { actor: "command", role: "none" };
    await takeFile(actor, { what: "pages", hook: "pager", text: csv("p-9"), checkOnly: false }, store);
    const [entry] = await tables.auditEntry.findMany({ orderBy: { seq: "desc" }, take: 1 });
    expect(entry).toMatchObject({ actor: "command", action: "on-call.import" });
    expect(JSON.stringify(entry?.detail)).toContain("oncall/pager");
  });

  it("lets an admin say who somebody is and which clock they live by", async () => {
    await store.users.create({
      email: "kim.s@example.com",
      name: "Kim S",
      role: "engineer",
      roles: ["engineer"],
      passwordHash: null,
    });
    await takeOnCallFeed("oncall/pager", told("p-1"), store);
    const find = async () =>
      (await listResponders(admin)).responders.find(({ handle }) => handle === "kim@example.com");
    const id = (await find())?.id ?? "";
    await changeResponder(admin, id, { name: "Kim", team: "Storefront", email: "kim.s@example.com" });
    await putResponderZone(admin, id, { zone: "Europe/Berlin", from: "1970-01-01T00:00:00Z" });
    await putResponderZone(admin, id, { zone: "Asia/Tokyo", from: "2026-10-01T00:00:00+09:00" });
    expect(await find()).toMatchObject({
      ...{ name: "Kim", team: "Storefront", user: { email: "kim.s@example.com" } },
      zones: [{ zone: "Europe/Berlin" }, { zone: "Asia/Tokyo", from: "2026-09-30T15:00:00.000Z" }],
    });
    await removeResponderZone(admin, id, "2026-09-30T15:00:00.000Z");
    expect((await find())?.zones).toHaveLength(1);
    await expect(changeResponder(admin, id, { email: "nobody@example.com" })).rejects.toMatchObject({ field: "email" });
    await expect(changeResponder(engineer, id, { team: "X" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(putResponderZone(admin, "nothing", { zone: "UTC", from: at })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("tells admins of shifts, coverage and pages without an alert", async () => {
    const text = `id,person,schedule,from,to\ns-1,kim@example.com,primary,${new Date(NOW.getTime() - 20 * 86_400_000).toISOString()},${NOW.toISOString()}`;
    await importOnCall(admin, { what: "shifts", hook: "pager", text, checkOnly: false });
    await pages(csv("p-1"), "pager");
    const overview = await onCallOverview(admin, NOW);
    expect(overview.coverage).toEqual([{ schedule: "primary", share: 1, gaps: [] }]);
    expect(overview).toMatchObject({ hooks: ["pager"], pages: { count: 1, unmatched: 1 }, shiftsCut: false });
    expect(overview.responders.map(({ handle }) => handle)).toEqual(["kim@example.com"]);
  });

  it("shows of a hook when and how often it was called, and what could not be read", async () => {
    const call = (body: string) =>
      store.deliveries.record({ kind: "oncall", source: "oncall/pager", body: Buffer.from(body), receivedAt: NOW });
    await call("{}");
    await call("{}");
    const { hooks } = await listHooks(admin, NOW);
    expect(hooks.find(({ name }) => name === "pager")).toMatchObject({
      ...{ lastUsedAt: NOW.toISOString(), callsInDay: { count: 2, atLeast: false }, lastRefusal: null },
    });
  });

  it("refuses the secret before a rotation once it is dropped", async () => {
    const [hook] = (await listHooks(admin, NOW)).hooks.filter(({ name }) => name === "pager");
    const { hook: rotated } = await rotateHook(admin, hook?.id ?? "", { version: 1, overlapHours: 24 }, NOW);
    expect((await store.alertHooks.find("oncall", "pager", NOW))?.secrets).toHaveLength(2);
    const dropped = await changeHook(admin, rotated.id ?? "", { version: 2, dropOld: true }, NOW);
    expect(dropped.oldUntil).toBeNull();
    expect((await store.alertHooks.find("oncall", "pager", NOW))?.secrets).toHaveLength(1);
  });
});
