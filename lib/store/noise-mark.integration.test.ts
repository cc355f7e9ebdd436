import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrismaClient } from "@/prisma/generated/client";
import { openStore, type Store } from "./open-store";
import { testDatabases } from "./testing/databases";
import { openTables } from "./testing/open-tables";

const [FROM, TO] = [new Date("2026-10-01T00:00:00Z"), new Date("2026-11-01T00:00:00Z")];
const on = (day: number, hour = 0): Date => new Date(FROM.getTime() + ((day - 1) * 24 + hour) * 3_600_000);
const PERSON = randomUUID();

function fire(id: string, startsAt: Date) {
  return {
    ...{ id, fingerprint: "aa", episodeId: id, rule: "Blip", name: "Blip", service: "shop", environment: "prod" },
    ...{ team: "Shop", severity: "page", monitoringFault: false, startsAt, endsAt: null, endReason: "open" },
    ...{ firstSeenAt: startsAt, lastSeenAt: startsAt, sources: ["alertmanager/main"], labels: {}, annotations: {} },
  };
}

function episode(id: string, startsAt: Date) {
  const {
    episodeId: _episode,
    lastSeenAt: _seen,
    labels: _labels,
    annotations: _annotations,
    ...rest
  } = fire(id, startsAt);
  return { ...rest, fires: 1 };
}

const page = {
  source: "oncall/main",
  externalId: "p1",
  responderId: PERSON,
  alertName: "Blip",
  channel: "call",
  pagedAt: on(3),
};
const verdict = { episodeId: "f1", rule: "Blip", verdict: "noise", by: PERSON, byName: "Kim", via: "alerts" };
const impact = {
  title: "Shop is down",
  service: "shop",
  severity: "high",
  startedAt: on(4),
  setBy: PERSON,
  setByName: "Mia",
  setAt: on(4),
};
const version = { source: "prometheus/main", rule: "Blip", name: "Blip", hash: "h1", definition: {}, validFrom: on(1) };
const shift = {
  source: "oncall/main",
  externalId: "s1",
  responderId: PERSON,
  schedule: "first",
  startsAt: on(2),
  endsAt: on(3),
};
const silence = {
  source: "alertmanager/main",
  matchers: [],
  endsAt: on(9),
  createdBy: "kim",
  comment: "",
  lastSeenAt: on(8),
};

/** In this order: later ones change what earlier ones made. */
const CHANGES: readonly (readonly [what: string, change: (tables: PrismaClient) => Promise<unknown>])[] = [
  ["a fire", (t) => t.fire.create({ data: fire("f1", on(3)) })],
  [
    "the end of a fire",
    (t) => t.fire.update({ where: { id: "f1" }, data: { endsAt: on(3, 1), endReason: "resolved" } }),
  ],
  [
    "a fire written again",
    (t) => t.$transaction([t.fire.deleteMany(), t.fire.create({ data: { ...fire("f1", on(3)), duplicates: 1 } })]),
  ],
  ["a page", (t) => t.page.create({ data: page })],
  ["a page acknowledged", (t) => t.page.updateMany({ data: { ackedAt: on(3, 1), ackedBy: PERSON } })],
  ["a page acknowledged by somebody else", (t) => t.page.updateMany({ data: { ackedBy: randomUUID() } })],
  ["a page resolved", (t) => t.page.updateMany({ data: { resolvedAt: on(3, 2), resolvedBy: "person" } })],
  ["time spent on a page", (t) => t.page.updateMany({ data: { engagedMinutes: 12 } })],
  ["a page that did not arrive", (t) => t.page.updateMany({ data: { delivered: false } })],
  ["the episode of a page", (t) => t.page.updateMany({ data: { episodeId: "f1" } })],
  [
    "a verdict",
    async (t) => {
      await t.episode.create({ data: episode("f1", on(3)) });
      await t.verdict.create({ data: { ...verdict, createdAt: on(5) } });
    },
  ],
  [
    "a verdict taken back in the same millisecond",
    (t) => t.verdict.create({ data: { ...verdict, verdict: null, createdAt: on(5) } }),
  ],
  ["an impact", (t) => t.impact.create({ data: impact })],
  ["an impact removed", (t) => t.impact.updateMany({ data: { removedAt: on(5) } })],
  ["a rule", (t) => t.ruleVersion.create({ data: version })],
  ["a rule that is gone", (t) => t.ruleVersion.updateMany({ data: { validTo: on(20) } })],
  ["a person", (t) => t.responder.create({ data: { id: PERSON, handle: "kim@example.com", name: "Kim" } })],
  ["the team of a person", (t) => t.responder.updateMany({ data: { team: "Shop" } })],
  [
    "the clock of a person",
    (t) => t.responderZone.create({ data: { responderId: PERSON, zone: "Asia/Tokyo", validFrom: on(1) } }),
  ],
  ["another clock from the same day", (t) => t.responderZone.updateMany({ data: { zone: "Europe/Paris" } })],
  ["a shift", (t) => t.onCallShift.create({ data: shift })],
  ["the person of a shift", (t) => t.onCallShift.updateMany({ data: { responderId: randomUUID() } })],
  ["a silence", (t) => t.silence.create({ data: { id: "s1", startsAt: on(7), ...silence } })],
  ["what a silence matches", (t) => t.silence.updateMany({ data: { matchers: [{ name: "service", value: "shop" }] } })],
  [
    "hours that a source was heard",
    (t) => t.coverageSpan.create({ data: { source: "alertmanager/main", fromAt: on(1), toAt: on(2), how: "heard" } }),
  ],
  ["more such hours", (t) => t.coverageSpan.updateMany({ data: { toAt: on(4) } })],
  [
    "a wish for access",
    (t) =>
      t.accessRequest.create({
        data: {
          userId: PERSON,
          userName: "Kim",
          role: "support",
          kind: "class",
          wanted: "text",
          reason: "x",
          createdAt: on(6),
        },
      }),
  ],
];

/** Nothing of the month's measures depends on these. */
const SILENT: typeof CHANGES = [
  ["a fire of a later month", (t) => t.fire.create({ data: fire("f9", new Date(TO.getTime() + 86_400_000)) })],
  [
    "a verdict on a later month",
    async (t) => {
      await t.episode.create({ data: episode("f9", new Date(TO.getTime() + 86_400_000)) });
      await t.verdict.create({ data: { ...verdict, episodeId: "f9", createdAt: on(40) } });
    },
  ],
  ["a silence seen again", (t) => t.silence.updateMany({ data: { lastSeenAt: on(8, 1) } })],
  [
    "a minute more of a source",
    (t) => t.coverageSpan.updateMany({ data: { toAt: new Date(on(4).getTime() + 60_000) } }),
  ],
];

describe.each(testDatabases())("the mark of a month on the $name database", (database) => {
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

  it("changes with everything that a measure reads, and never comes back", async () => {
    const seen = new Map([[await store.noise.mark(FROM, TO), "nothing"]]);
    for (const [what, change] of CHANGES) {
      await change(tables);
      const mark = await store.noise.mark(FROM, TO);
      expect([what, seen.get(mark)]).toEqual([what, undefined]);
      seen.set(mark, what);
    }
  });

  it("stays while nothing of the month changes", async () => {
    const mark = await store.noise.mark(FROM, TO);
    for (const [what, change] of SILENT) {
      await change(tables);
      expect([what, await store.noise.mark(FROM, TO)]).toEqual([what, mark]);
    }
  });

  it("counts the gaps that are not told", async () => {
    await tables.coverageSpan.deleteMany();
    const spans = [1, 2, 3, 4].map((day) => ({
      source: "alertmanager/main",
      fromAt: on(day),
      toAt: on(day, 5),
      how: "heard",
    }));
    await tables.coverageSpan.createMany({ data: spans });
    const { gaps, total } = await store.alerts.gaps(FROM, TO, 2);
    expect(total).toBe(3);
    expect(gaps.map(({ from }) => from)).toEqual([on(2, 5), on(3, 5)]);
  });
});
