import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rebuildFires, type RuleTimes } from "./rebuild-fires";
import { answersOver, type PlantedRun } from "./testing/planted-alerts";

const LABELS = { alertname: "Slow", service: "cart" };
const rules = (intervalS: number): RuleTimes => new Map([["Slow", { intervalS, forS: 60 }]]);
const seconds = (fires: ReturnType<typeof rebuildFires>["fires"]) =>
  fires.map(({ startsAtMs, endsAtMs, endReason, startKnown }) => {
    return { start: startsAtMs / 1000, end: endsAtMs / 1000, endReason, startKnown };
  });

/** Runs of one label set after each other: lengths and pauses in evaluations. */
const spans = fc.array(fc.record({ pause: fc.integer({ min: 1, max: 40 }), length: fc.integer({ min: 1, max: 60 }) }), {
  maxLength: 15,
});
const schedules = fc.record({
  stepS: fc.integer({ min: 1, max: 15 }),
  slower: fc.integer({ min: 0, max: 45 }),
  phaseMs: fc.integer({ min: 0, max: 14_999 }),
  all: fc.array(spans, { minLength: 1, maxLength: 3 }),
});

function planted(all: readonly { pause: number; length: number }[][], atOf: (index: number) => number): PlantedRun[] {
  return all.flatMap((own, place) => {
    let next = 0;
    return own.map(({ pause, length }) => {
      const from = next + pause;
      next = from + length;
      return { labels: { ...LABELS, instance: String(place) }, from, to: next, activeAtS: atOf(from) - 60 };
    });
  });
}

describe("rebuilding fires from edges", () => {
  it("finds every fire to the millisecond, also of one evaluation, when the step is at most the interval", () => {
    fc.assert(
      fc.property(schedules, ({ stepS, slower, phaseMs, all }) => {
        const intervalS = stepS + slower;
        const atOf = (index: number) => 10_000 + phaseMs / 1000 + index * intervalS;
        const runs = planted(all, atOf);
        const range = { afterS: 9_000, untilS: 9_000 + Math.ceil((1_600 * intervalS) / stepS) * stepS, stepS };
        const { fires, open } = rebuildFires([answersOver(runs, atOf, range)], rules(intervalS), range.untilS);
        expect(open).toBe(0);
        const wanted = runs.map(({ labels, from, to }) => {
          return { labels, startsAtMs: Math.round(atOf(from) * 1000), endsAtMs: Math.round(atOf(to ?? 0) * 1000) };
        });
        const order = (a: { startsAtMs: number; labels: object }, b: typeof a) =>
          a.startsAtMs - b.startsAtMs || (JSON.stringify(a.labels) < JSON.stringify(b.labels) ? -1 : 1);
        const found = fires.map(({ labels, startsAtMs, endsAtMs }) => ({ labels, startsAtMs, endsAtMs }));
        expect(found.sort(order)).toEqual(wanted.sort(order));
        expect(fires.every(({ startKnown, endReason }) => startKnown && endReason === "resolved")).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("finds the same however the time is cut into stretches that touch", () => {
    fc.assert(
      fc.property(schedules, fc.integer({ min: 1, max: 9 }), ({ stepS, slower, phaseMs, all }, pieces) => {
        const intervalS = stepS + slower;
        const atOf = (index: number) => 10_000 + phaseMs / 1000 + index * intervalS;
        const runs = planted(all, atOf);
        const steps = Math.ceil((1_600 * intervalS) / stepS / pieces) * pieces;
        const range = { afterS: 9_000, untilS: 9_000 + steps * stepS, stepS };
        const pieceS = (steps / pieces) * stepS;
        const cut = Array.from({ length: pieces }, (_, index) => {
          const afterS = range.afterS + index * pieceS;
          return answersOver(runs, atOf, { afterS, untilS: afterS + pieceS, stepS });
        });
        const whole = rebuildFires([answersOver(runs, atOf, range)], rules(intervalS), range.untilS);
        expect(rebuildFires(cut, rules(intervalS), range.untilS)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  const atOf = (index: number) => index * 15;
  const over = (runs: readonly PlantedRun[], fromS = 0, untilS = 9_000) =>
    answersOver(runs, atOf, { afterS: fromS, untilS, stepS: 15 });

  it("joins what a restart interrupted when the condition became true at the same time on both sides", () => {
    const first = { labels: LABELS, from: 10, to: 400, diedAt: 40, activeAtS: 90 };
    const again = { labels: LABELS, from: 140, to: 200, activeAtS: 90 };
    expect(seconds(rebuildFires([over([first, again])], rules(15), 9_000).fires)).toEqual([
      { start: 150, end: 3_000, endReason: "resolved", startKnown: true },
    ]);
    const anew = { ...again, activeAtS: 2_000 };
    expect(seconds(rebuildFires([over([first, anew])], rules(15), 9_000).fires)).toEqual([
      { start: 150, end: 585, endReason: "source_lost", startKnown: true },
      { start: 2_100, end: 3_000, endReason: "resolved", startKnown: true },
    ]);
  });

  it("keeps apart what was told to end, however soon it fired again", () => {
    const runs = [
      { labels: LABELS, from: 10, to: 20, activeAtS: 150 },
      { labels: LABELS, from: 21, to: 30, activeAtS: 315 },
    ];
    expect(rebuildFires([over(runs)], rules(15), 9_000).fires).toHaveLength(2);
  });

  it("says that it does not know the start of what fired before, and leaves out what still fires", () => {
    const runs = [
      { labels: LABELS, from: 0, to: 100, activeAtS: -500 },
      { labels: { ...LABELS, service: "search" }, from: 50, to: null, activeAtS: 750 },
    ];
    const { fires, open } = rebuildFires([over(runs, 600)], rules(15), 9_000);
    expect(seconds(fires)).toEqual([{ start: -440, end: 1_500, endReason: "resolved", startKnown: false }]);
    expect(open).toBe(1);
  });

  it("ends at the edge of what could not be read, unless it is known to have gone on", () => {
    const run = { labels: LABELS, from: 10, to: 300, activeAtS: 150 };
    const [first, last] = [over([run], 0, 1_500), over([run], 3_000)];
    expect(seconds(rebuildFires([first, last], rules(15), 9_000).fires)).toEqual([
      { start: 150, end: 4_500, endReason: "resolved", startKnown: true },
    ]);
    expect(seconds(rebuildFires([first], rules(15), 9_000).fires)).toEqual([
      { start: 150, end: 1_500, endReason: "source_lost", startKnown: true },
    ]);
  });
});
