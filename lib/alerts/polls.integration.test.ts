/** From what a source answers to the history, on every database. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AlertSettings } from "@/lib/domain/alert-settings";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { openTables } from "@/lib/store/testing/open-tables";
import type { PrismaClient } from "@/prisma/generated/client";
import { drainDeliveries } from "./delivery-worker";
import recorded from "./fixtures/recorded-polls.json";
import { pollDue } from "./poll-worker";
import { minute } from "./testing/a-sighting";
import { answeringSource, type AnsweringSource } from "./testing/answering-source";

const settings = AlertSettings.parse({});

interface Told {
  readonly name: string;
  readonly start: number;
  readonly silencedBy?: readonly string[];
}

/** A server that was started `up` minutes after noon. */
function answersOf(told: readonly Told[], up = -600, silences: readonly object[] = []) {
  const alerts = told.map(({ name, start, silencedBy = [] }) => ({
    ...{ labels: { alertname: name, service: "order-api", severity: "page" }, annotations: {}, fingerprint: name },
    ...{ startsAt: minute(start).toISOString(), receivers: [{ name: "pager" }] },
    status: { state: silencedBy.length > 0 ? "suppressed" : "active", silencedBy, inhibitedBy: [], mutedBy: [] },
  }));
  return {
    "/api/v2/alerts": alerts,
    "/api/v2/alerts/groups": [{ alerts }],
    "/api/v2/silences": silences,
    "/api/v2/status": {
      ...{ cluster: { status: "ready" }, uptime: minute(up).toISOString() },
      config: { original: "route: {receiver: pager}\nreceivers: [{name: pager, webhook_configs: [{url: x}]}]" },
    },
  };
}

describe.each(testDatabases())("polls on the $name database", (database) => {
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
    await tables.silence.deleteMany();
    await tables.coverageSpan.deleteMany();
    await tables.ruleVersion.deleteMany();
  });

  async function poll(at: number, ...sources: readonly AnsweringSource[]) {
    const deps = { store, settings, sources, now: () => minute(at) };
    const outcomes = await pollDue(deps, new AbortController().signal);
    await drainDeliveries(
      store,
      () => false,
      () => minute(at),
    );
    return outcomes;
  }
  const minutesOf = (date: Date | null) => date && (date.getTime() - minute(0).getTime()) / 60_000;
  const fires = async () => {
    const rows = await tables.fire.findMany({ orderBy: [{ startsAt: "asc" }, { name: "asc" }] });
    return rows.map(({ name, startsAt, endsAt, endReason }) => [
      name,
      minutesOf(startsAt),
      minutesOf(endsAt),
      endReason,
    ]);
  };
  const call = async (at: number, status: string, start: number, end?: number) => {
    const labels = { alertname: "A", service: "order-api", severity: "page" };
    const endsAt = end === undefined ? "0001-01-01T00:00:00Z" : minute(end).toISOString();
    const alerts = [{ status, labels, annotations: {}, startsAt: minute(start).toISOString(), endsAt }];
    const body = Buffer.from(JSON.stringify({ receiver: "pager", alerts }));
    const route = { kind: "alertmanager", source: "alertmanager/main" };
    await store.deliveries.record({ ...route, body, receivedAt: minute(at) });
    await drainDeliveries(
      store,
      () => false,
      () => minute(at),
    );
  };
  const A = { name: "A", start: 0 };

  it("hears of what nobody was sent, and who kept it quiet", async () => {
    const silence = {
      ...{ id: "s1", createdBy: "ada", comment: "planned", startsAt: minute(-60), endsAt: minute(600) },
      matchers: [{ name: "service", value: "order-api", isRegex: false, isEqual: true }],
    };
    const main = answeringSource("alertmanager/main", answersOf([{ ...A, silencedBy: ["s1"] }], -600, [silence]));
    await poll(1, main);
    expect(await tables.fire.findMany()).toMatchObject([
      { name: "A", silenced: true, route: "page", quietedBy: ["alertmanager/main/s1"], duplicates: 0 },
    ]);
    expect(await tables.silence.findMany()).toMatchObject([{ id: "alertmanager/main/s1", createdBy: "ada" }]);
    // Alerts are told, silences are not: of the latter nothing is known from then on.
    expect((await store.noise.oldSilences(minute(2))).heardAt).toEqual(minute(1));
    const { "/api/v2/silences": _gone, ...without } = answersOf([A], -600);
    main.answers = without;
    await poll(3, main);
    expect((await store.noise.oldSilences(minute(4))).heardAt).toEqual(minute(1));
    expect(await store.polls.states("silences")).toMatchObject([{ heardAt: minute(1), failure: "bad-response" }]);
    expect((await store.polls.states("alerts")).map(({ heardAt }) => minutesOf(heardAt))).toEqual([3]);
    main.answers = answersOf([A]);
    await poll(2, main);
    expect(await tables.fire.findMany()).toMatchObject([{ silenced: false, quietedBy: ["alertmanager/main/s1"] }]);
    expect((await tables.silence.findMany()).map(({ endsAt }) => minutesOf(endsAt))).toEqual([2]);
  });

  it("knows which alert keeps another quiet, whatever its replica is called", async () => {
    const told = answersOf([A, { name: "B", start: 0 }]);
    const [a, b] = told["/api/v2/alerts"];
    if (!a || !b) throw new Error("two alerts were told");
    const replica = { ...a, labels: { ...a.labels, replica: "r1" }, fingerprint: "theirs" };
    const inhibited = { ...b, status: { ...b.status, state: "suppressed", inhibitedBy: ["theirs"] } };
    const alerts = [replica, inhibited];
    const answers = { ...told, "/api/v2/alerts": alerts, "/api/v2/alerts/groups": [{ alerts }] };
    await poll(1, answeringSource("alertmanager/main", answers));
    const [source, quiet] = await tables.fire.findMany({ orderBy: { name: "asc" } });
    expect(quiet).toMatchObject({ inhibited: true, silenced: false });
    expect(quiet?.quietedBy).toEqual([`inhibit:${source?.fingerprint ?? ""}`]);
    const during = [minute(0), minute(5)] as const;
    expect(await store.alerts.episodesOf([source?.fingerprint ?? ""], ...during)).toMatchObject([
      { episode: { name: "A" } },
    ]);
  });

  it("says that it is over after two answers without it, and not that it was resolved", async () => {
    const main = answeringSource("alertmanager/main", answersOf([A]));
    await poll(1, main);
    await poll(5, main);
    main.answers = answersOf([]);
    await poll(6, main);
    expect(await fires()).toEqual([["A", 0, null, "open"]]);
    await poll(7, main);
    expect(await fires()).toEqual([["A", 0, 5, "expired"]]);
    await call(8, "resolved", 0, 5.5);
    expect(await fires()).toEqual([["A", 0, 5.5, "resolved"]]);
  });

  it("closes what only a call told, when its resolve was lost", async () => {
    await call(1, "firing", 0);
    const main = answeringSource("alertmanager/main", answersOf([]));
    await poll(3, main);
    await poll(4, main);
    expect(await fires()).toEqual([["A", 0, 1, "expired"]]);
  });

  it("concludes nothing from a source that does not answer, or answers half", async () => {
    const main = answeringSource("alertmanager/main", answersOf([A]));
    await poll(1, main);
    main.answers = undefined;
    for (const at of [2, 3, 4]) expect(await poll(at, main)).toEqual(["failed"]);
    const { "/api/v2/alerts/groups": _groups, ...half } = answersOf([]);
    main.answers = half;
    for (const at of [5, 6]) expect(await poll(at, main)).toEqual(["failed"]);
    expect(await fires()).toEqual([["A", 0, null, "open"]]);
    expect(await store.polls.states("alerts")).toMatchObject([{ heardAt: minute(1), failure: "bad-response" }]);
  });

  it("waits after a restart until the server can know what fires", async () => {
    const main = answeringSource("alertmanager/main", answersOf([A]));
    await poll(1, main);
    main.answers = answersOf([], 2);
    for (const at of [2.5, 3.5, 4.5, 6.5]) await poll(at, main);
    expect(await fires()).toEqual([["A", 0, null, "open"]]);
    main.answers = answersOf([A], 2);
    await poll(8, main);
    expect(await fires()).toEqual([["A", 0, null, "open"]]);
    main.answers = answersOf([], 2);
    for (const at of [9, 10]) await poll(at, main);
    expect(await fires()).toEqual([["A", 0, 8, "expired"]]);
  });

  it("tells a new fire of the same alert from one whose start moved earlier", async () => {
    const main = answeringSource("alertmanager/main", answersOf([A]));
    await poll(1, main);
    main.answers = answersOf([{ name: "A", start: -3 }]);
    await poll(2, main);
    expect(await fires()).toEqual([["A", -3, null, "open"]]);
    await poll(20, main);
    main.answers = answersOf([{ name: "A", start: 25 }]);
    await poll(26, main);
    expect(await fires()).toEqual([
      ["A", -3, 20, "expired"],
      ["A", 25, null, "open"],
    ]);
  });

  it("keeps a fire open while another server that told of it lists it", async () => {
    const [a, b] = [
      answeringSource("alertmanager/a", answersOf([A])),
      answeringSource("alertmanager/b", answersOf([{ name: "A", start: 0.5 }])),
    ];
    await poll(1, a, b);
    a.answers = answersOf([]);
    for (const at of [2, 3, 4]) await poll(at, a, b);
    expect(await fires()).toEqual([["A", 0, null, "open"]]);
    const told = await tables.delivery.count();
    b.answers = answersOf([]);
    for (const at of [5, 6]) await poll(at, a, b);
    expect(await fires()).toEqual([["A", 0, 4, "expired"]]);
    expect(told).toBe(2);
  });

  it("stores nothing while nothing changes", async () => {
    const main = answeringSource("alertmanager/main", answersOf([A]));
    for (const at of [1, 2, 3, 4]) await poll(at, main);
    expect(await tables.delivery.findMany()).toMatchObject([{ timesSeen: 1 }]);
    expect(await tables.sighting.count()).toBe(1);
  });

  it("writes down when it heard, with a gap where it did not", async () => {
    const main = answeringSource("alertmanager/main", answersOf([]));
    for (const at of [0, 0.5, 1, 30, 30.5]) await poll(at, main);
    const spans = await tables.coverageSpan.findMany({ orderBy: { fromAt: "asc" } });
    expect(spans.map(({ source, fromAt, toAt }) => [source, minutesOf(fromAt), minutesOf(toAt)])).toEqual([
      ["alertmanager/main", 0, 1],
      ["alertmanager/main", 30, 30.5],
    ]);
    expect((await store.alerts.gaps(minute(-10), minute(60), 10)).gaps).toMatchObject([
      { source: "alertmanager/main", from: minute(1), to: minute(30) },
    ]);
    expect(await store.alerts.heard(minute(0.5), minute(60))).toEqual([{ source: "alertmanager/main", hours: 1 / 60 }]);
    expect(await store.alerts.heard(minute(100), minute(160))).toEqual([{ source: "alertmanager/main", hours: 0 }]);
  });

  it("asks once however many processes do", async () => {
    const main = answeringSource("alertmanager/main", answersOf([A]));
    const deps = { store, settings, sources: [main], now: () => minute(1) };
    const { signal } = new AbortController();
    const outcomes = await Promise.all([pollDue(deps, signal), pollDue(deps, signal), pollDue(deps, signal)]);
    expect(outcomes.flat().sort()).toEqual(["idle", "idle", "ok"]);
    expect(main.asked.get("/api/v2/alerts")).toBe(1);
  });

  it("keeps rules with the time of each change, and believes no empty list", async () => {
    const prometheus = answeringSource("prometheus/main", { "/api/v1/rules": recorded.rules });
    await poll(0, prometheus);
    const versions = () => tables.ruleVersion.findMany({ orderBy: [{ rule: "asc" }, { validFrom: "asc" }] });
    expect(await versions()).toHaveLength(10);
    expect((await versions()).find(({ rule }) => rule === "PaymentsQueueDelayHigh")?.definition).toMatchObject({
      ...{ forSeconds: 10, keepFiringSeconds: 20, intervalSeconds: 5, group: "shop-alerts" },
    });
    await poll(10, prometheus);
    expect(await versions()).toHaveLength(10);
    const groups = recorded.rules.data.groups.map((group) => ({
      ...group,
      rules: (group.rules as readonly { readonly name: string }[])
        .filter(({ name }) => name !== "NeverFires")
        .map((rule) => (rule.name === "PaymentsQueueDelayHigh" ? { ...rule, duration: 300 } : rule)),
    }));
    prometheus.answers = { "/api/v1/rules": { status: "success", data: { groups } } };
    await poll(20, prometheus);
    prometheus.answers = { "/api/v1/rules": { status: "success", data: { groups: [] } } };
    await poll(30, prometheus);
    const ended = (await versions()).filter(({ validTo }) => validTo !== null);
    expect(ended.map(({ rule, validTo }) => [rule, minutesOf(validTo)])).toEqual([
      ["NeverFires", 20],
      ["PaymentsQueueDelayHigh", 20],
    ]);
    const late = minute(181 * 24 * 60);
    const never = await store.noise.neverFired(late);
    expect(never).toHaveLength(9);
    expect(never).toContainEqual({ label: "PaymentsQueueDelayHigh", since: minute(0) });
    expect(await store.noise.neverFired(minute(60))).toEqual([]);
    const facts = await store.noise.rules(minute(-60), minute(60));
    expect(facts.hashes).toHaveLength(9);
    const changes = [
      { rule: "NeverFires", at: minute(20), kind: "removed" },
      { rule: "PaymentsQueueDelayHigh", at: minute(20), kind: "changed" },
    ];
    expect(facts.changes).toEqual(changes);
    // Another server with the same rules shows the same changes when it is asked.
    const second = answeringSource("prometheus/second", { "/api/v1/rules": recorded.rules });
    await poll(0, second);
    second.answers = { "/api/v1/rules": { status: "success", data: { groups } } };
    await poll(24, second);
    expect(await versions()).toHaveLength(22);
    expect((await store.noise.rules(minute(-60), minute(60))).changes).toEqual(changes);
    expect((await store.noise.rules(minute(22), minute(60))).changes).toEqual([]);
  });
});
