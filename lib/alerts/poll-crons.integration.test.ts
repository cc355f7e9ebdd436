/** From what a Sentry answers about its cron monitors to the history, on every database. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AlertSettings } from "@/lib/domain/alert-settings";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { openTables } from "@/lib/store/testing/open-tables";
import type { PrismaClient } from "@/prisma/generated/client";
import { drainDeliveries } from "./delivery-worker";
import { pollDue } from "./poll-worker";
import { minute } from "./testing/a-sighting";
import { type AnsweringSentry, answeringSentry, type ToldMonitor } from "./testing/answering-sentry";

const settings = AlertSettings.parse({});

describe.each(testDatabases())("cron monitors on the $name database", (database) => {
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
    await tables.delivery.deleteMany();
    await tables.sighting.deleteMany();
    await tables.fire.deleteMany();
    await tables.episode.deleteMany();
    await tables.poll.deleteMany();
    await tables.coverageSpan.deleteMany();
  });

  const drain = (at: number) =>
    drainDeliveries(
      store,
      () => false,
      () => minute(at),
    );
  async function poll(at: number, ...sources: readonly AnsweringSentry[]) {
    const deps = { store, settings, sources, now: () => minute(at) };
    const outcomes = await pollDue(deps, new AbortController().signal);
    await drain(at);
    return outcomes;
  }
  const minutesOf = (date: Date | null) => date && (date.getTime() - minute(0).getTime()) / 60_000;
  const fires = async () => {
    const rows = await tables.fire.findMany({ orderBy: [{ startsAt: "asc" }, { name: "asc" }] });
    return rows.map(({ name, startsAt, endsAt, endReason }) => [
      name.replace("Cron failure: Job ", ""),
      minutesOf(startsAt),
      minutesOf(endsAt),
      endReason,
    ]);
  };
  const A: ToldMonitor = { id: "a", incident: 5, lastCheckIn: -55 };
  const MISSED = { at: 5, status: "missed", expected: 0 };

  it("begins with the missed run and ends with the good one, whenever that is heard", async () => {
    const sentry = answeringSentry([A]);
    sentry.checkIns = { a: [{ at: -55, status: "ok" }, MISSED] };
    await poll(6, sentry);
    expect(await tables.fire.findMany()).toMatchObject([
      {
        ...{ name: "Cron failure: Job a", rule: "sentry-cron:a", service: "billing", environment: "production" },
        ...{ startsAt: minute(5), endReason: "open", silenced: false, sources: ["sentry/web"] },
        labels: { failure: "missed", monitor: "a-slug" },
        annotations: { summary: "No check-in came for the run expected at 2026-11-23 12:00 UTC." },
        generatorUrl: "https://shop.sentry.io/crons/billing/a-slug/",
      },
    ]);
    sentry.monitors = [{ id: "a", lastCheckIn: 120 }];
    sentry.checkIns = { a: [MISSED, { at: 60, status: "ok" }, { at: 120, status: "ok" }] };
    await poll(180, sentry);
    expect(await fires()).toEqual([["a", 5, 60, "resolved"]]);
    expect(await tables.episode.findMany()).toMatchObject([{ endsAt: minute(60), fires: 1 }]);
  });

  it("stores and asks nothing more while nothing changes", async () => {
    const sentry = answeringSentry([A, { id: "b" }]);
    sentry.checkIns = { a: [MISSED] };
    for (const at of [6, 7, 8]) await poll(at, sentry);
    expect(await tables.delivery.findMany()).toMatchObject([{ timesSeen: 1 }]);
    expect(sentry.asked.filter((path) => path.includes("checkins"))).toHaveLength(1);
  });

  it("tells one incident from the next, also when it did not see the end of the first", async () => {
    const sentry = answeringSentry([A]);
    sentry.checkIns = { a: [MISSED] };
    await poll(6, sentry);
    sentry.monitors = [{ ...A, incident: 35 }];
    sentry.checkIns = { a: [MISSED, { at: 20, status: "ok" }, { at: 35, status: "timeout" }] };
    await poll(36, sentry);
    expect(await fires()).toEqual([
      ["a", 5, 20, "resolved"],
      ["a", 35, null, "open"],
    ]);
    expect((await tables.fire.findMany({ where: { endsAt: null } }))[0]?.labels).toMatchObject({ failure: "timeout" });
  });

  it("tells what it can when the check-ins are refused", async () => {
    const sentry = answeringSentry([A]);
    await poll(6, sentry);
    expect(await fires()).toEqual([["a", 5, null, "open"]]);
    expect((await tables.fire.findMany())[0]?.labels).not.toHaveProperty("failure");
    sentry.monitors = [{ id: "a", lastCheckIn: 60 }];
    await poll(61, sentry);
    expect(await fires()).toEqual([["a", 5, 60, "resolved"]]);
  });

  it("concludes nothing from an answer that failed, was cut or is of something else", async () => {
    const sentry = answeringSentry([A, { id: "b" }]);
    sentry.checkIns = { a: [MISSED] };
    await poll(6, sentry);
    sentry.monitors = undefined;
    expect(await poll(7, sentry)).toEqual(["failed"]);
    expect(await store.polls.outcomes()).toEqual([
      { source: "sentry/web", what: "crons", heardAt: minute(6), failure: "status 429" },
    ]);
    Object.assign(sentry, { monitors: [{ id: "b" }, { id: "c" }], pageSize: 1, failingFrom: 1 });
    for (const at of [8, 9, 10]) expect(await poll(at, sentry)).toEqual(["failed"]);
    // What GlitchTip lists there: addresses that it looks whether they answer.
    Object.assign(sentry, { monitors: [{ raw: { id: 1, name: "web", isUp: false } }], failingFrom: Infinity });
    expect(await poll(11, sentry)).toEqual(["failed"]);
    sentry.monitors = [];
    for (const at of [12, 13, 14]) expect(await poll(at, sentry)).toEqual(["ok"]);
    sentry.monitors = [{ id: "b" }, { raw: { id: "a", name: "half" } }];
    // Half read is not heard: nothing ends, an admin sees why, and the time is a gap.
    for (const at of [15, 16, 17]) expect(await poll(at, sentry)).toEqual(["failed"]);
    expect(await store.polls.outcomes()).toMatchObject([{ what: "crons", failure: "not-whole" }]);
    const covered = await tables.coverageSpan.findMany({ where: { source: "sentry/web" } });
    expect(Math.max(...covered.map(({ toAt }) => minutesOf(toAt) ?? 0))).toBe(14);
    expect(await fires()).toEqual([["a", 5, null, "open"]]);
  });

  it("reads all pages, one question at a time", async () => {
    const sentry = answeringSentry([{ id: "b" }, { id: "c" }, A]);
    Object.assign(sentry, { pageSize: 1, checkIns: { a: [MISSED] } });
    await poll(6, sentry);
    expect(await fires()).toEqual([["a", 5, null, "open"]]);
    expect(sentry.asked.map((path) => new URLSearchParams(path.split("?")[1]).get("cursor"))).toEqual([
      ...[null, "0:1:0", "0:2:0"],
      null,
    ]);
  });

  it("ends with the rule what is disabled or deleted, after two whole answers, and leaves other alerts of Sentry alone", async () => {
    const body = Buffer.from(
      JSON.stringify({
        action: "critical",
        data: {
          metric_alert: { id: "1", title: "Errors", date_started: minute(0).toISOString(), alert_rule: { id: 1 } },
        },
      }),
    );
    await store.deliveries.record({ kind: "sentry", source: "sentry/web", body, receivedAt: minute(1) });
    const sentry = answeringSentry([A, { ...A, id: "d" }, { id: "b" }]);
    sentry.checkIns = { a: [MISSED], d: [MISSED] };
    await poll(6, sentry);
    sentry.monitors = [{ ...A, status: "disabled" }, { id: "b" }];
    await poll(8, sentry);
    expect((await fires()).map(([, , end]) => end)).toEqual([null, null, null]);
    await poll(9, sentry);
    expect(await fires()).toEqual([
      ["Errors", 0, null, "open"],
      ["a", 5, 6, "rule_removed"],
      ["d", 5, 6, "rule_removed"],
    ]);
  });

  it("keeps a fire open while another source that told of it lists it", async () => {
    const web = answeringSentry([A]);
    const both = [web, answeringSentry([A], "sentry/mobile")];
    for (const one of both) one.checkIns = { a: [MISSED] };
    await poll(6, ...both);
    web.monitors = [{ id: "b" }];
    for (const at of [7, 8, 9, 10]) await poll(at, ...both);
    expect(await fires()).toEqual([["a", 5, null, "open"]]);
    expect(await tables.delivery.count()).toBe(both.length);
  });

  it("calls kept quiet what is muted, until it is not", async () => {
    const sentry = answeringSentry([{ ...A, isMuted: true }]);
    sentry.checkIns = { a: [MISSED] };
    await poll(6, sentry);
    const quiet = { silenced: true, quietedBy: ["mute:the monitor in Sentry"] };
    expect(await tables.fire.findMany()).toMatchObject([quiet]);
    sentry.monitors = [A];
    await poll(7, sentry);
    expect(await tables.fire.findMany()).toMatchObject([{ ...quiet, silenced: false }]);
  });

  it("finds the start itself where the server does not tell it, and asks of one project when told so", async () => {
    const { incident: _untold, ...old } = A;
    const sentry = answeringSentry([
      { ...old, state: "missed_checkin" },
      { ...A, id: "other", project: "web" },
    ]);
    Object.assign(sentry, { sentry: { org: "shop", projects: ["billing"], webBase: "https://s.example" } });
    sentry.checkIns = {
      a: [{ at: -55, status: "ok" }, MISSED, { at: 65, status: "error" }, { at: 66, status: "in_progress" }],
    };
    for (const at of [67, 68]) await poll(at, sentry);
    expect(await fires()).toEqual([["a", 5, null, "open"]]);
  });

  it("writes down when it heard, with a gap where it did not", async () => {
    const sentry = answeringSentry([{ id: "b" }]);
    for (const at of [0, 1, 2]) await poll(at, sentry);
    sentry.monitors = undefined;
    await poll(20, sentry);
    sentry.monitors = [{ id: "b" }];
    await poll(40, sentry);
    expect((await store.alerts.gaps(minute(-10), minute(60), 10)).gaps).toMatchObject([
      { source: "sentry/web", from: minute(2), to: minute(40) },
    ]);
  });
});
