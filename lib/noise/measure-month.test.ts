import { describe, expect, it } from "vitest";
import { NoiseReport } from "@/lib/contract/noise-report";
import { measureMonth } from "./measure-month";
import { shrunk } from "./precision";
import {
  aFire,
  aMonth,
  anImpact,
  aPage,
  aPerson,
  aShift,
  aVerdict,
  HOUR,
  MINUTE,
  MONDAY,
  SETTINGS,
} from "./testing/a-month";

/** Months small enough to be counted by hand. */
describe("a month counted by hand", () => {
  it("is a report of the contract, even when nothing happened", () => {
    const { report } = measureMonth(aMonth(), SETTINGS);
    expect(NoiseReport.parse(report)).toEqual(report);
    expect(report.numbers.map(({ estimate }) => estimate.value)).toEqual([null, null, null, null, null]);
    expect(report.questions.filter(({ known }) => known)).toEqual([]);
  });

  it("shows no percentage from one verdict, and the plain count instead", () => {
    const { report } = measureMonth(
      aMonth({ fires: [aFire("f", MONDAY)], verdicts: [aVerdict("f", "actionable")] }),
      SETTINGS,
    );
    const [rule] = report.rules;
    expect(rule?.worthPaging).toEqual({ value: null, low: null, high: null, n: 1, why: "too few verdicts (1 of 1)" });
    expect(rule?.standing).toBe("too-few");
  });

  it("finds five interrupts, one cluster, one wake-up and one storm in fifty pages over five minutes", () => {
    const night = Date.parse("2026-10-06T01:00:00Z");
    const fires = Array.from({ length: 50 }, (_, i) => aFire(`f${i}`, night + i * 6000));
    const pages = fires.map((fire, i) => aPage(`p${i}`, night + i * 6000, { episodeId: fire.id }));
    const { totals } = measureMonth(aMonth({ fires, pages }), SETTINGS).report;
    expect(totals).toMatchObject({ pages: 50, interrupts: 5, clusters: 1, wakeUps: 1, disturbedNights: 1, storms: 1 });
    expect(totals.redundantPages).toBe(49);
  });

  it("takes 21:59:59 for an evening and 22:00:00 for a night by the person's own clock", () => {
    // Berlin is two hours ahead of UTC on this day.
    const pages = [
      aPage("p1", Date.parse("2026-10-05T19:59:59Z")),
      aPage("p2", Date.parse("2026-10-05T20:00:00Z")),
      aPage("p3", Date.parse("2026-10-06T05:59:59Z")),
      aPage("p4", Date.parse("2026-10-06T06:00:00Z")),
      aPage("p5", Date.parse("2026-10-10T10:00:00Z")),
    ];
    const { report, rowsOf } = measureMonth(aMonth({ pages }), SETTINGS);
    expect(report.totals.hours).toEqual({ business: 1, off: 2, sleep: 2 });
    expect(rowsOf("pages", "hour:sleep")).toEqual(["p2", "p3"]);
    expect(rowsOf("pages", "hour:business")).toEqual(["p4"]);
  });

  it("counts the hours of a night shift over the end of summer time as they passed", () => {
    // 20:00 to 08:00 in Berlin: thirteen hours, from UTC 18:00 to 07:00.
    const shifts = [aShift("ana", "2026-10-24T18:00:00Z", "2026-10-25T07:00:00Z")];
    const { report } = measureMonth(aMonth({ shifts }), SETTINGS);
    expect(report.people).toMatchObject([{ responder: "ana", onCallHours: 13, onCallNights: 1 }]);
  });

  it("counts the hours of a night shift over the start of summer time as they passed", () => {
    const input = aMonth({
      month: "2026-03",
      from: new Date("2026-03-01T00:00:00Z"),
      to: new Date("2026-04-01T00:00:00Z"),
      shifts: [aShift("ana", "2026-03-28T19:00:00Z", "2026-03-29T06:00:00Z")],
    });
    expect(measureMonth(input, SETTINGS).report.people).toMatchObject([{ onCallHours: 11, onCallNights: 1 }]);
  });

  it("gives a fire that is open over the end of the month to the month of its start, and no duration", () => {
    const fire = aFire("f", Date.parse("2026-10-31T23:50:00Z"), { endsAt: null, endReason: "open" });
    const { report } = measureMonth(aMonth({ fires: [fire] }), SETTINGS);
    expect(report.totals).toMatchObject({ fires: 1, stale: 1, transient: 0 });
    expect(report.duration).toMatchObject({ n: 0, medianSeconds: null, p90Seconds: null });
    const next = aMonth({
      month: "2026-11",
      fires: [fire],
      from: new Date("2026-11-01T00:00:00Z"),
      to: new Date("2026-12-01T00:00:00Z"),
    });
    expect(measureMonth(next, SETTINGS).report.totals.fires).toBe(0);
  });

  it("counts a fire that both of a pair told once, and says that one was merged", () => {
    const fire = aFire("f", MONDAY, { duplicates: 1 });
    const { report } = measureMonth(aMonth({ fires: [fire, { ...fire }] }), SETTINGS);
    expect(report.totals).toMatchObject({ fires: 1, episodes: 1, clusters: 1 });
    expect(report.quality.duplicatesMerged).toBe(1);
  });

  it("sets an acknowledgment before its page aside as a fault of a clock", () => {
    const pages = [aPage("p", MONDAY, { ackedAt: new Date(MONDAY - 5000), ackedBy: "ana" })];
    const { ack } = measureMonth(aMonth({ pages }), SETTINGS).report;
    expect(ack).toMatchObject({ n: 0, negative: 1, acked: 0, medianSeconds: null });
  });

  it("takes a resolve without an acknowledgment for no acknowledgment", () => {
    const pages = [aPage("p", MONDAY, { resolvedAt: new Date(MONDAY + 2 * MINUTE), resolvedBy: "source" })];
    const { ack } = measureMonth(aMonth({ pages }), SETTINGS).report;
    expect(ack).toMatchObject({ n: 1, acked: 0, resolvedFirst: 1, medianSeconds: null });
    expect(ack.within[0]).toEqual({ minutes: 5, acked: 0, resolvedFirst: 1 });
  });

  it("counts what a mute lets through at 08:00 as one interrupt in working hours, and wakes nobody", () => {
    const morning = Date.parse("2026-10-06T06:00:00Z");
    const fires = [0, 1, 2].map((i) => aFire(`f${i}`, morning - (5 - i) * HOUR, { endsAt: morning + HOUR }));
    const pages = fires.map((fire, i) => aPage(`p${i}`, morning + i * 1000, { episodeId: fire.id }));
    const { totals } = measureMonth(aMonth({ fires, pages }), SETTINGS).report;
    expect(totals).toMatchObject({ pages: 3, interrupts: 1, wakeUps: 0, clusters: 3, redundantPages: 0 });
    expect(totals.hours).toEqual({ business: 3, off: 0, sleep: 0 });
  });

  it("counts the page that went out before its inhibitor came, as redundant once the cause has paged too", () => {
    const effect = aFire("effect", MONDAY, { rule: "SlowCheckout", service: "checkout" });
    const cause = aFire("cause", MONDAY + 45_000, { rule: "DatabaseDown", service: "orders-db" });
    const pages = [
      aPage("p1", MONDAY + 30_000, { episodeId: "effect" }),
      aPage("p2", MONDAY + 95_000, { episodeId: "cause" }),
    ];
    const input = aMonth({ fires: [effect, cause], pages, dependencies: { checkout: ["orders-db"] } });
    const { report, rowsOf } = measureMonth(input, SETTINGS);
    expect(report.totals).toMatchObject({ pages: 2, interrupts: 2, clusters: 1, redundantPages: 1 });
    expect(rowsOf("redundant-pages")).toEqual(["p2"]);
    expect(rowsOf("clusters")).toEqual(["effect"]);
  });

  it("calls an impact detected only when a page came before somebody was aware", () => {
    const at = (minutes: number) => new Date(MONDAY + minutes * MINUTE);
    const fires = [aFire("f", MONDAY, { endsAt: MONDAY + HOUR })];
    const pages = [aPage("p", MONDAY + 10 * MINUTE, { episodeId: "f" })];
    const impacts = [
      anImpact("early", MONDAY, { awareAt: at(20), firstDetector: "page" }),
      anImpact("late", MONDAY, { awareAt: at(3), firstDetector: "customer" }),
      anImpact("other", MONDAY, { service: "search", awareAt: at(30) }),
    ];
    const { report, rowsOf } = measureMonth(aMonth({ fires, pages, impacts }), SETTINGS);
    expect(report.recall).toMatchObject({ impacts: 3, detected: 1, customerFirst: { value: 0.5, n: 2 } });
    expect(report.recall.within.map(({ recall }) => recall.value)).toEqual([0, 1 / 3, 1 / 3, 1 / 3]);
    expect(rowsOf("detected")).toEqual(["early"]);
    expect(rowsOf("customer-first")).toEqual(["late"]);
  });

  it("never adds estimated pages to delivered ones, nor makes people's nights of them", () => {
    const pages = [aPage("p", Date.parse("2026-10-06T01:00:00Z"), { estimated: true })];
    const { report, rowsOf } = measureMonth(aMonth({ pages }), SETTINGS);
    expect(report.totals).toMatchObject({ pages: 0, interrupts: 0, wakeUps: 0 });
    expect(report.quality.estimatedPages).toBe(1);
    expect(rowsOf("estimated-pages")).toEqual(["p"]);
    expect(report.numbers[0]?.estimate).toMatchObject({ value: null, why: expect.stringContaining("estimated") });
  });

  it("tells what its source ended alone from what ended after a person had acted, and what nobody can know", () => {
    const fire = (id: string, day: number, parts = {}) => aFire(id, MONDAY + day * 24 * HOUR, parts);
    const fires = [0, 1, 2, 3].flatMap((i) => [
      fire(`acked-${i}`, 0, { fingerprint: `a${i}`, endsAt: MONDAY + (i + 1) * HOUR }),
      fire(`alone-${i}`, 1),
      fire(`late-${i}`, 2),
      fire(`nobody-${i}`, 3),
    ]);
    fires.push(
      fire("silenced", 5, { service: "search" }),
      fire("resolved", 6),
      fire("expired", 7, { endReason: "expired" }),
    );
    const page = (id: string, minutes: number | null) => {
      const start = fires.find((one) => one.id === id)?.startsAt ?? 0;
      const ackedAt = minutes === null ? null : new Date(start + minutes * MINUTE);
      return aPage(`p-${id}`, start, { episodeId: id, ackedAt, ackedBy: ackedAt === null ? null : id });
    };
    const pages = [
      ...[0, 1, 2, 3].flatMap((i) => [page(`acked-${i}`, 3), page(`alone-${i}`, null), page(`late-${i}`, 50)]),
      {
        ...page("resolved", null),
        resolvedAt: new Date(MONDAY + 6 * 24 * HOUR + 5 * MINUTE),
        resolvedBy: "person" as const,
      },
    ];
    const silencedAt = new Date(MONDAY + 5 * 24 * HOUR + 2 * MINUTE);
    const acts = [{ kind: "silence" as const, service: "search", episodeId: null, at: silencedAt }];
    const { report, rowsOf } = measureMonth(aMonth({ fires, pages, acts }), SETTINGS);
    expect(report.duration.byEnd).toEqual([
      { ending: "after-act", n: 6, medianSeconds: 3600, p90Seconds: 4 * 3600 },
      { ending: "alone", n: 8, medianSeconds: 1200, p90Seconds: 1200 },
      { ending: "not-known", n: 4, medianSeconds: 1200, p90Seconds: 1200 },
    ]);
    expect(rowsOf("ended-after-act")).toEqual(["acked-0", "acked-1", "acked-2", "acked-3", "silenced", "resolved"]);
    expect(measureMonth(aMonth({ fires: fires.slice(0, 3) }), SETTINGS).report.duration.byEnd).toMatchObject([
      { ending: "after-act", n: 0 },
      { ending: "alone", n: 0 },
      { ending: "not-known", n: 3, medianSeconds: null, p90Seconds: null },
    ]);
  });

  it("waits three days before it calls a page an orphan, and takes a silence for no act", () => {
    const fires = [aFire("f", MONDAY)];
    const pages = [aPage("p", MONDAY, { episodeId: "f" })];
    const silence = { kind: "silence" as const, service: "checkout", episodeId: "f", at: new Date(MONDAY + MINUTE) };
    const at = (hours: number) => aMonth({ fires, pages, acts: [silence], watermark: new Date(MONDAY + hours * HOUR) });
    const young = measureMonth(at(71), SETTINGS).report;
    expect([young.totals.orphans, young.quality.notYetKnown]).toEqual([0, 1]);
    const old = measureMonth(at(72), SETTINGS).report;
    expect([old.totals.orphans, old.quality.notYetKnown]).toEqual([1, 0]);
    const deploy = { kind: "deploy" as const, service: "checkout", episodeId: null, at: new Date(MONDAY + 5 * HOUR) };
    const acted = measureMonth({ ...at(72), acts: [silence, deploy] }, SETTINGS).report;
    expect(acted.totals.orphans).toBe(0);
  });

  it("says when a zone was assumed", () => {
    const pages = [aPage("p", MONDAY, { responderId: "cy" })];
    const { quality } = measureMonth(aMonth({ pages, responders: [aPerson("cy", null)] }), SETTINGS).report;
    expect(quality.zoneAssumed).toEqual({ pages: 1, of: 1 });
  });

  it("is not made certain by a team that knows nothing but noise", () => {
    const { low, high } = shrunk(0, 14, { mean: 0.01, strength: 4 });
    expect(low).toBeLessThan(0.005);
    expect(high).toBeGreaterThan(0.1);
  });

  it("lets one rule tell little of another where some are always worth it and others never", () => {
    const judged = (rule: string, verdict: "actionable" | "noise", at: number) =>
      Array.from({ length: 5 }, (_, i) => {
        const id = `${rule}-${i}`;
        const fire = aFire(id, MONDAY + at * MINUTE + i * 24 * HOUR, { rule, name: rule, service: rule });
        return { fire, verdict: aVerdict(id, verdict) };
      });
    const all = [...judged("good", "actionable", 0), ...judged("bad", "noise", 200), ...judged("worse", "noise", 400)];
    const input = aMonth({ fires: all.map(({ fire }) => fire), verdicts: all.map(({ verdict }) => verdict) });
    const good = measureMonth(input, SETTINGS).report.rules.find(({ name }) => name === "good");
    expect(good?.worthPaging.low).toBeGreaterThan(0.6);
    expect(good?.worthPaging.high).toBeGreaterThan(0.95);
  });

  it("does not count a page as detection that was sent long before customers were hit", () => {
    const stale = aFire("f", MONDAY - 48 * HOUR, { endsAt: MONDAY + 10 * HOUR });
    const impact = anImpact("i", MONDAY, { awareAt: new Date(MONDAY + HOUR), endedAt: new Date(MONDAY + 2 * HOUR) });
    const recall = (at: number) => {
      const pages = [aPage("p", at, { episodeId: "f" })];
      return measureMonth(aMonth({ fires: [stale], pages, impacts: [impact] }), SETTINGS).report.recall.detected;
    };
    expect(recall(MONDAY - 47 * HOUR)).toBe(0);
    expect(recall(MONDAY - 2 * MINUTE)).toBe(1);
  });
});
