/** From alerts as they were sent to a signed review, on every database. */
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { somebody } from "@/lib/access/testing/somebody";
import { drainDeliveries } from "@/lib/alerts/delivery-worker";
import { judgeEpisodes } from "@/lib/alerts/judge-episodes";
import { takeOnCallFeed } from "@/lib/alerts/on-call";
import type { DecisionChange, DecisionView } from "@/lib/contract/review";
import { OnCallFeed } from "@/lib/contract/on-call";
import { FIGURES } from "@/lib/contract/noise-report";
import type { Principal } from "@/lib/domain/principal";
import type { VerdictKind } from "@/lib/domain/on-call";
import { realProgramsAreMissing } from "@/lib/sources/testing/real-programs";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { openTables } from "@/lib/store/testing/open-tables";
import { useStore } from "@/lib/store/testing/use-store";
import { openSealed } from "@/lib/stream/open-sealed";
import type { PrismaClient } from "@/prisma/generated/client";
import { changeDecision, decideAbout } from "./decide";
import { exportReview } from "./export-review";
import { figureRows } from "./figure-rows";
import { readReview } from "./read-review";
import { saveSummary } from "./save-summary";
import { signReview } from "./sign-review";

/** In the month before the present one: a review is signed when its month is over. */
const MONTH = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 1, 1));
const month = MONTH.toISOString().slice(0, 7);
const at = (day: number, hour: number, minute = 0) =>
  new Date(MONTH.getTime() + ((day - 1) * 24 + hour) * 3_600_000 + minute * 60_000);
const NOW = new Date();
const [mia, max, ella, sue] = (["manager", "manager", "engineer", "support"] as const).map((role) =>
  somebody(role, NOW),
);

const NOTHING_EXPECTED = { pages: null, wakeUps: null, personMinutes: null, words: "" };

/** Of Debian's poppler-utils. */
const PDFTOTEXT = "/usr/bin/pdftotext";

/** Ten pages at three at night, each gone after two minutes. */
const NIGHTS = Array.from({ length: 10 }, (_, index) => at(index + 2, 3));

function webhook(startsAt: Date): Buffer {
  const alert = {
    ...{ status: "resolved", labels: { alertname: "Blip", service: "shop", severity: "page" }, annotations: {} },
    ...{ startsAt: startsAt.toISOString(), endsAt: new Date(startsAt.getTime() + 120_000).toISOString() },
  };
  return Buffer.from(JSON.stringify({ version: "4", receiver: "pager", alerts: [alert] }));
}

describe.each(testDatabases())("the monthly review on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let store: Store;
  let tables: PrismaClient;
  beforeAll(async () => {
    fresh = await database.create();
    store = await openStore(fresh.settings);
    tables = await openTables(fresh.settings);
    useStore(store);
    for (const night of NIGHTS) {
      await store.deliveries.record({
        kind: "alertmanager",
        source: "alertmanager/main",
        body: webhook(night),
        receivedAt: night,
      });
    }
    await drainDeliveries(store);
    // As the catalogue would have named it.
    await tables.fire.updateMany({ data: { team: "Storefront team" } });
    const pages = NIGHTS.map((night, index) => ({
      ...{ id: `p${String(index)}`, person: `kim${String(index % 6)}@example.com`, alert: "Blip", channel: "call" },
      at: new Date(night.getTime() + 60_000).toISOString(),
    }));
    const people = pages.slice(0, 6).map(({ person }) => ({ person, name: person, team: "Storefront", zone: "UTC" }));
    await takeOnCallFeed("on-call/main", OnCallFeed.parse({ pages, people }), store);
  });
  afterAll(async () => {
    useStore(undefined);
    await tables?.$disconnect();
    await store?.close();
    await fresh?.remove();
  });

  const read = async (principal = mia!) => openSealed(await readReview(principal, month));
  const judgeFirst = async (verdict: VerdictKind, count: number, principal = ella!) => {
    const episodes = await tables.episode.findMany({ orderBy: { startsAt: "asc" }, take: count });
    await judgeEpisodes(principal, {
      episodes: episodes.map(({ id }) => id),
      verdict,
      reason: "",
      note: "",
      via: "alerts",
    });
  };

  it("counts what was sent, and every number opens exactly its rows", async () => {
    const { report, state, backlog } = await read();
    expect(state).toBe("draft");
    expect(report.totals).toMatchObject({ fires: 10, episodes: 10, pages: 10, wakeUps: 10, transient: 10 });
    expect(backlog.reduce((sum, { open }) => sum + open, 0)).toBe(10);
    const ten = { fires: 10, episodes: 10, pages: 10, "wake-ups": 10, transient: 10 };
    const figures = { ...ten, clusters: report.totals.clusters };
    for (const figure of FIGURES) {
      const { total, rows } = openSealed(await figureRows(mia!, month, { figure, limit: 500 }));
      expect(rows).toHaveLength(total);
      if (figure in figures) expect([figure, total]).toEqual([figure, figures[figure as keyof typeof figures]]);
    }
    const ofRule = openSealed(await figureRows(mia!, month, { figure: "pages", group: "rule:Blip", limit: 3 }));
    expect(ofRule).toMatchObject({ total: 10, next: "3" });
  });

  it("tells the same totals in every file", async () => {
    const json = JSON.parse(String((await exportReview(mia!, month, "json")).content)) as Awaited<
      ReturnType<typeof read>
    >;
    const csv = String((await exportReview(mia!, month, "csv")).content);
    expect(json.report.totals.pages).toBe(10);
    expect(csv).toContain(`${month},total,,,pages,10,,,,pages,`);
    expect(csv).toContain(`${month},rule,Blip,Blip,wakeUps,10,,,,wake-ups,`);
    expect(String((await exportReview(mia!, month, "md")).content).split("\n").length).toBeLessThanOrEqual(16);
  });

  it.skipIf(realProgramsAreMissing("the printed review", [PDFTOTEXT]))(
    "prints the totals of the other files, as a PDF reader reads them",
    async () => {
      const { content } = await exportReview(mia!, month, "pdf");
      const { report } = await read();
      const printed = spawnSync(PDFTOTEXT, ["-layout", "-", "-"], { input: content, encoding: "utf8" }).stdout;
      const words = printed.replace(/\s+/g, " ");
      const { fires, episodes, clusters, pages, interrupts, wakeUps, disturbedNights, transient } = report.totals;
      expect(pages).toBe(10);
      expect(words).toContain(
        `${String(fires)} fires, ${String(episodes)} episodes, ${String(clusters)} clusters, ${String(pages)} pages, ${String(interrupts)} interrupts, ${String(wakeUps)} wake-ups in ${String(disturbedNights)} disturbed nights.`,
      );
      expect(words).toContain(`${String(transient)} transient,`);
      for (const { title } of report.numbers) expect(words).toContain(title);
      expect(words).toMatch(
        new RegExp(`Blip .{0,60}\\b${String(report.rules[0]?.pages)} ${String(report.rules[0]?.wakeUps)}\\b`),
      );
    },
  );

  it("lists silences of more than 30 days once alert managers were asked, and says before that nobody knows", async () => {
    const days = (count: number): Date => new Date(NOW.getTime() + count * 24 * 3_600_000);
    expect(await read()).toMatchObject({
      listed: [],
      silencesUnknown: expect.stringContaining("not every alert manager"),
    });
    const told = { source: "alertmanager/main", createdBy: "kim", comment: "", lastSeenAt: NOW };
    const matchers = [
      { name: "alertname", value: "Blip|Blop", isRegex: true, isEqual: true },
      { name: "env", value: "prod", isRegex: false, isEqual: false },
    ];
    await tables.silence.createMany({
      data: [
        { id: "old", startsAt: days(-40), endsAt: days(9), matchers, ...told },
        { id: "young", startsAt: days(-10), endsAt: days(9), matchers, ...told },
        { id: "over", startsAt: days(-40), endsAt: days(-1), matchers, ...told },
      ],
    });
    const asked = { source: "alertmanager/main", dueAt: NOW, heardAt: NOW };
    await tables.poll.createMany({ data: [{ ...asked, what: "alerts" }] });
    expect((await read(ella)).silencesUnknown).toContain("not every alert manager");
    await tables.poll.createMany({ data: [{ ...asked, what: "silences" }] });
    const { listed, silencesUnknown } = await read(ella);
    expect(silencesUnknown).toBe("");
    expect(listed).toEqual([
      { kind: "old-silence", label: "alertname=~Blip|Blop, env!=prod", since: days(-40).toISOString() },
    ]);
  });

  it("is hidden from roles without it, and shows nobody's load to an engineer", async () => {
    await expect(readReview(sue!, month)).rejects.toMatchObject({ code: "forbidden" });
    const { report, suppressed, mayDecide } = await read(ella);
    expect(mayDecide).toBe(false);
    expect(report.people).toEqual([]);
    expect(suppressed).toContain("people");
    await expect(figureRows(ella!, month, { figure: "pages", group: "responder:x", limit: 10 })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("needs a second person to quieten a rule that once mattered, and an owner to keep one", async () => {
    const wish = {
      rule: "Blip",
      dueOn: "2026-12-01",
      why: "Heals itself",
      expected: { pages: -8, wakeUps: null, personMinutes: null, words: "" },
    };
    await expect(decideAbout(mia!, month, { ...wish, kind: "keep", owner: "" })).rejects.toMatchObject({
      code: "bad-request",
    });
    await expect(decideAbout(ella!, month, { ...wish, kind: "tune", owner: "Kim" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await judgeFirst("actionable", 1);
    const decision = openSealed(await decideAbout(mia!, month, { ...wish, kind: "tune", owner: "Kim" }));
    expect(decision).toMatchObject({ state: "unconfirmed", mayConfirm: false });
    const { id, version } = decision;
    await expect(changeDecision(mia!, id, { version, to: "confirm" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(changeDecision(max!, id, { version: version + 7, to: "confirm" })).rejects.toMatchObject({
      code: "conflict",
    });
    const confirmed = openSealed(await changeDecision(max!, id, { version, to: "confirm" }));
    expect(confirmed).toMatchObject({ state: "open", second: max!.displayName });
  });

  it("carries what is open into the next month", async () => {
    const next = new Date(Date.UTC(MONTH.getUTCFullYear(), MONTH.getUTCMonth() + 1, 1)).toISOString().slice(0, 7);
    const { carriedOver, lastMonth } = openSealed(await readReview(mia!, next));
    expect(carriedOver).toMatchObject([{ rule: "Blip", carried: 1 }]);
    expect(lastMonth).toMatchObject([{ notMeasured: "not done yet" }]);
  });

  it("lets nobody quieten a rule alone by dropping the decision and opening it again", async () => {
    const wish = { rule: "Blip", owner: "Kim", dueOn: "2026-12-01", why: "Heals itself", expected: NOTHING_EXPECTED };
    const change = async (principal: Principal, { id, version }: DecisionView, to: DecisionChange["to"]) =>
      openSealed(await changeDecision(principal, id, { version, to }));
    for (const kind of ["tune", "route", "delete"] as const) {
      const decided = openSealed(await decideAbout(mia!, month, { ...wish, kind }));
      const reopened = await change(mia!, await change(mia!, decided, "drop"), "reopen");
      expect([kind, reopened.state, reopened.second]).toEqual([kind, "unconfirmed", null]);
      await expect(change(mia!, reopened, "done")).rejects.toMatchObject({ code: "conflict" });
      await expect(change(mia!, reopened, "confirm")).rejects.toMatchObject({ code: "forbidden" });
      const confirmed = await change(max!, reopened, "confirm");
      // Whom it once convinced, it need not convince again.
      const again = await change(mia!, await change(mia!, await change(mia!, confirmed, "done"), "reopen"), "drop");
      expect(await change(mia!, again, "reopen")).toMatchObject({ state: "open", second: max!.displayName });
      await change(mia!, { ...again, version: again.version + 1 }, "drop");
    }
    const kept = openSealed(await decideAbout(mia!, month, { ...wish, kind: "keep" }));
    const reopened = await change(mia!, await change(mia!, kept, "drop"), "reopen");
    expect(reopened.state).toBe("open");
    await change(mia!, reopened, "drop");
  });

  it("allows a change by what the decision is now, not by what it will be", async () => {
    const wish = { rule: "Blip", owner: "Kim", dueOn: "2026-12-01", why: "Heals itself", expected: NOTHING_EXPECTED };
    const { id, version } = openSealed(await decideAbout(mia!, month, { ...wish, kind: "tune" }));
    const ahead = { version: version + 1, to: "drop" } as const;
    await expect(changeDecision(mia!, id, ahead)).rejects.toMatchObject({ code: "conflict" });
    await changeDecision(mia!, id, { version, to: "drop" });
  });

  it("takes the first signature back when the words or a decision change: nobody signs what they did not see", async () => {
    const sign = async () => signReview(mia!, month, { version: (await read()).version, as: "manager" });
    const signatures = async () => (await read()).signatures.length;
    await sign();
    expect(await signatures()).toBe(1);
    await saveSummary(max!, month, "We agreed on one change.", (await read()).version);
    expect(await signatures()).toBe(0);

    await sign();
    const { id, version } = (await read()).decisions[0]!;
    const stale = (await read()).version;
    await changeDecision(mia!, id, { version, to: "drop" });
    expect(await signatures()).toBe(0);
    await expect(signReview(mia!, month, { version: stale, as: "manager" })).rejects.toMatchObject({
      code: "conflict",
    });
    await changeDecision(mia!, id, { version: version + 1, to: "reopen" });
  });

  it("is signed by two people, then never changes, and says what became known later", async () => {
    const draft = await read();
    await signReview(mia!, month, { version: draft.version, as: "manager" });
    await expect(signReview(mia!, month, { version: draft.version + 1, as: "owner" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(signReview(ella!, month, { version: draft.version + 1, as: "owner" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await signReview({ ...ella!, teams: ["storefront TEAM"] }, month, { version: draft.version + 1, as: "owner" });
    const signed = await read();
    expect(signed).toMatchObject({ state: "signed", restatement: { lines: [] } });
    expect(signed.hash).toMatch(/^[0-9a-f]{64}$/);

    await judgeFirst("noise", 10, mia);
    const later = await read();
    expect(later.report).toEqual(signed.report);
    expect(later.hash).toBe(signed.hash);
    expect(later.restatement?.lateVerdicts).toBe(10);
    expect(later.restatement?.lines.map(({ id }) => id)).toContain("noiseMinutes");
    await expect(
      decideAbout(mia!, month, {
        rule: "Blip",
        kind: "keep",
        owner: "Kim",
        dueOn: "2026-12-01",
        why: "late",
        expected: NOTHING_EXPECTED,
      }),
    ).rejects.toMatchObject({ code: "conflict" });
    await expect(tables.$executeRaw`UPDATE reviews SET hash = 'x' WHERE month = ${month}`).rejects.toThrow();
    await expect(tables.$executeRaw`DELETE FROM reviews WHERE month = ${month}`).rejects.toThrow();
  });
});
